"""Holding accounts against their statements."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.domain.money import round_to_minor
from core.errors import DomainError
from core.models import AuditEntry
from transactions.models import Account, Reconciliation, Transaction
from transactions.selectors.accounts import reconciliations_with_balances
from transactions.services.ledger import record_transaction
from users.models import User


class ReconciliationFields(TypedDict, total=False):
    """What a statement says: what the account held at the end of a day, in the account's currency."""

    account: Account
    on: date
    statement_balance: Decimal
    notes: str


FIELDS = ("account", "on", "statement_balance", "notes")
ADJUSTMENT = "Balance adjustment"


@transaction.atomic
def reconcile(user: User, *, act: Act, **fields: Unpack[ReconciliationFields]) -> Reconciliation:
    """Note what a statement says; 409 ``RECONCILIATION_EXISTS`` for a second balance of a day."""
    reconciliation = Reconciliation(user=user, **fields)
    reconciliation.full_clean(exclude=["user"])
    reconciliation.save(force_insert=True)
    record(reconciliation, act=act, action=AuditEntry.Action.CREATED)
    return reconciliation


@transaction.atomic
def update_reconciliation(
    reconciliation: Reconciliation, *, act: Act, **fields: Unpack[ReconciliationFields]
) -> Reconciliation:
    reconciliation = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    before = snapshot(reconciliation, FIELDS)
    for name, value in fields.items():
        setattr(reconciliation, name, value)
    reconciliation.full_clean(exclude=["user"])
    reconciliation.save()
    changes = differences(before, snapshot(reconciliation, FIELDS))
    if changes:
        record(reconciliation, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return reconciliation


@transaction.atomic
def remove_reconciliation(reconciliation: Reconciliation, *, act: Act) -> None:
    record(
        reconciliation, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(reconciliation, FIELDS)
    )
    reconciliation.delete()


@transaction.atomic
def adjust(reconciliation: Reconciliation, *, act: Act) -> Transaction:
    """Book the difference as a row of its own on the day; 409 ``ALREADY_RECONCILED`` where there is none."""
    User.objects.select_for_update(no_key=True).get(pk=reconciliation.user_id)
    found = reconciliations_with_balances().get(pk=reconciliation.pk)
    difference = round_to_minor(found.difference, found.account.currency)
    if not difference:
        raise DomainError("The ledger agrees with the statement.", code="ALREADY_RECONCILED")
    return record_transaction(
        found.user,
        act=act,
        account=found.account,
        date=found.on,
        amount=difference,
        currency=found.account.currency,
        description=ADJUSTMENT,
    )
