"""What goals have to know of debts: the app that keeps them hands it in, and nobody imports anybody.

The provider is named in the setting ``GOAL_DEBTS`` by its dotted path.
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


class OwedDebt(Protocol):
    """A debt as it stands today; amounts are in its currency and not negative.

    ``account_id`` is the ledger's account of it, whose balance then does not count a second time.
    """

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def balance(self) -> Decimal: ...
    @property
    def monthly_payment(self) -> Decimal: ...
    @property
    def account_id(self) -> UUID | None: ...


Provider = Callable[..., Iterable[OwedDebt]]


def debts_owed(user: User, *, today: date) -> dict[UUID, OwedDebt]:
    """The person's debts by their ids."""
    return {debt.id: debt for debt in _provider(settings.GOAL_DEBTS)(user, today=today)}


@lru_cache(maxsize=4)
def _provider(path: str) -> Provider:
    provider: Provider = import_string(path)
    return provider
