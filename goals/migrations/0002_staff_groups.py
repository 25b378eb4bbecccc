"""Goals for the group of staff that sees the ledger, as docs/staff.md names it."""

from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "Operations"
TABLES = (
    "actionplan",
    "checkin",
    "contribution",
    "contributionrule",
    "goal",
    "milestone",
    "snapshot",
)
GRANTED = [f"view_{name}" for name in TABLES]


def grant(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    # A group that has been deleted since it was shipped stays so.
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is None:
        return
    # Permissions are otherwise made once all migrations have run.
    create_permissions(installed_apps.get_app_config("goals"), apps=apps, verbosity=0)
    group.permissions.add(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="goals", codename__in=GRANTED
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0001_initial"),
        ("ingest", "0002_staff_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
