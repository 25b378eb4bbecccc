"""Opening, changing and closing accounts."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import TypedDict, Unpack

from django.db import transaction

from core.audit import Act, differences, record, record_each, snapshot
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import Account
from users.models import User


class AccountFields(TypedDict, total=False):
    """What can be said of an account; ``opening_balance`` is in its currency."""

    name: str
    kind: str
    currency: str
    opening_balance: Decimal
    number: str
    institution: str
    is_closed: bool


FIELDS = ("name", "kind", "currency", "opening_balance", "number", "institution", "is_closed")


@transaction.atomic
def open_account(user: User, *, act: Act, **fields: Unpack[AccountFields]) -> Account:
    """A new account; its name is unique among the person's."""
    account = Account(user=user, **fields)
    account.full_clean()
    account.save(force_insert=True)
    record(account, act=act, action=AuditEntry.Action.CREATED)
    return account


@transaction.atomic
def update_account(account: Account, *, act: Act, **fields: Unpack[AccountFields]) -> Account:
    """Change an account; its currency is fixed once it has rows (409 ``ACCOUNT_CURRENCY_FIXED``)."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    before = snapshot(account, FIELDS)
    for name, value in fields.items():
        setattr(account, name, value)
    account.full_clean()
    changes = differences(before, snapshot(account, FIELDS))
    if "currency" in changes and account.transactions.exists():
        raise DomainError(
            "An account with rows keeps its currency; open another account.", code="ACCOUNT_CURRENCY_FIXED"
        )
    account.save()
    if changes:
        record(account, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return account


@transaction.atomic
def delete_account(account: Account, *, act: Act) -> None:
    """Remove an account that never held a row, and its rules; 409 ``ACCOUNT_NOT_EMPTY`` for any other."""
    rows = account.transactions.count()
    if rows:
        raise DomainError(
            f"The account has {rows} rows, the trash included; close it instead.",
            code="ACCOUNT_NOT_EMPTY",
            details={"transactions": rows},
        )
    record(account, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(account, FIELDS))
    record_each(account.rules.all(), act=act, action=AuditEntry.Action.DELETED)
    account.delete()


def unassigned_account(user: User, *, currency: str, act: Act) -> Account:
    """Where rows of this currency wait whose account nobody knows yet; opened when it is first needed."""
    found = Account.objects.for_user(user).filter(kind=Account.Kind.UNASSIGNED, currency=currency).first()
    if found is not None:
        waiting: Account = found
        return waiting
    names = set(Account.objects.for_user(user).values_list("name", flat=True))
    name = next(name for name in _names_for(currency) if name not in names)
    return open_account(user, act=act, name=name, kind=Account.Kind.UNASSIGNED, currency=currency)


def _names_for(currency: str) -> Iterator[str]:
    yield f"Not assigned ({currency})"
    yield from (f"Not assigned ({currency}) {number}" for number in count(2))
