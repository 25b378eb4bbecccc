"""What other apps say a person has to pay: they hand it in here, and nobody imports anybody.

A provider is named in the setting ``BUDGET_OBLIGATIONS`` by its dotted path.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from users.models import User


class Obligation(Protocol):
    """Money that has to leave on a day: ``amount`` is positive, ``kind`` one word such as ``debt`` or ``goal``.

    ``account_id`` is the ledger's account that this pays off, whose balance then does not count a second time.
    """

    @property
    def day(self) -> date: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def account_id(self) -> UUID | None: ...


Provider = Callable[..., Iterable[Obligation]]


def obligations(user: User, *, today: date, until: date) -> list[Obligation]:
    """Everything that the providers say is due from today up to a day, in the order of days."""
    found = [each for provide in _providers() for each in provide(user, today=today, until=until)]
    return sorted(found, key=lambda each: (each.day, each.kind, each.name))


@lru_cache(maxsize=1)
def _providers() -> tuple[Provider, ...]:
    return tuple(import_string(path) for path in settings.BUDGET_OBLIGATIONS)
