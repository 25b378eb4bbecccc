"""Members of staff, and how they use the portal."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from tests.factories import PersonFactory
from users.models import User


def staff(email: str = "staff@example.org", *, groups: Any = (), permissions: Any = ()) -> User:
    """A member of staff with just these groups and permissions (``app.codename``)."""
    person = PersonFactory(email=email, is_staff=True)
    person.groups.set(Group.objects.filter(name__in=groups))
    for permission in permissions:
        label, codename = permission.split(".")
        person.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
    return person


def superuser(email: str = "root@example.org") -> User:
    return PersonFactory(email=email, is_staff=True, is_superuser=True)


def portal(person: User) -> Client:
    """The browser of somebody who has signed in to the portal."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(model: str, view: str = "changelist", *args: Any) -> str:
    """The address of a page: ``page("users_user", "change", pk)``."""
    return reverse(f"admin:{model}_{view}", args=args)


def choose(client: Client, model: str, action: str, *rows: Any) -> Any:
    """Run an action of a list on chosen rows."""
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    return client.post(page(model), chosen, follow=True)


def press(client: Client, model: str, button: str, row: Any) -> Any:
    """Press a button of a row's page and confirm."""
    return client.post(page(model, button, row.pk), {"_form_submitted": "True"})


def text(response: Any) -> str:
    return str(response.content, "utf-8")
