"""A person, as the kernel knows them: a row of the model that keeps identities (``AUTH_USER_MODEL``)."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # django-stubs puts the model of the settings in its place.
    from django.contrib.auth.models import _User

    Person: TypeAlias = _User
else:
    # The settings import the hooks, long before any model can be imported.
    Person = object
