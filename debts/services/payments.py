"""Recording what was paid."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, TypeVar, Unpack

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.errors import DomainError, field_error
from core.models import AuditEntry
from debts.models import Debt, DebtPayment, InstalmentPurchase
from transactions.models import Transaction
from users.models import User

PAYMENT_FIELDS = ("paid_on", "amount", "interest", "transaction", "notes")
PURCHASE_FIELDS = ("name", "lender", "currency", "amount", "count", "paid_count", "first_due_on", "frequency")

V = TypeVar("V")


class PaymentFields(TypedDict, total=False):
    """What can be said of a payment; what its ``transaction`` says need not be said."""

    transaction: Transaction | None
    paid_on: date
    amount: Decimal
    interest: Decimal | None
    notes: str


class PurchaseFields(TypedDict, total=False):
    """What can be said of a purchase that is paid in parts."""

    name: str
    lender: str
    currency: str
    amount: Decimal
    count: int
    paid_count: int
    first_due_on: date
    frequency: str


@transaction.atomic
def record_payment(debt: Debt, *, act: Act, **fields: Unpack[PaymentFields]) -> DebtPayment:
    """A payment typed in, or the ledger's row that made it: day and amount then come from the row.

    409 ``PAYMENT_LINKED`` where the row is another payment already; a validation error where it pays nothing or
    is in another currency.
    """
    row = fields.get("transaction")
    if row is not None:
        _require_payment_row(row, debt)
    payment = DebtPayment(
        user=debt.user,
        debt=debt,
        transaction=row,
        paid_on=_given(fields.get("paid_on"), row.date if row else None, "paid_on"),
        amount=_given(fields.get("amount"), abs(row.account_amount) if row else None, "amount"),
        interest=fields.get("interest"),
        notes=fields.get("notes", ""),
    )
    payment.full_clean(exclude=["user", "debt", "transaction"])
    payment.save(force_insert=True)
    record(payment, act=act, action=AuditEntry.Action.CREATED, changes={"debt": str(debt.pk)})
    return payment


@transaction.atomic
def update_payment(payment: DebtPayment, *, act: Act, **fields: Unpack[PaymentFields]) -> DebtPayment:
    """Correct a payment; another row of the ledger is linked by deleting it and recording it anew."""
    payment = DebtPayment.objects.select_for_update(of=("self",)).select_related("debt").get(pk=payment.pk)
    before = snapshot(payment, PAYMENT_FIELDS)
    row = fields.get("transaction")
    if row is not None and row.pk != payment.transaction_id:
        _require_payment_row(row, payment.debt)
    for name, value in fields.items():
        setattr(payment, name, value)
    payment.full_clean(exclude=["user", "debt", "transaction"])
    payment.save()
    changes = differences(before, snapshot(payment, PAYMENT_FIELDS))
    if changes:
        record(payment, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return payment


@transaction.atomic
def remove_payment(payment: DebtPayment, *, act: Act) -> None:
    """Forget a payment; the row of the ledger it was found in stays."""
    record(payment, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(payment, PAYMENT_FIELDS))
    payment.delete()


@transaction.atomic
def add_instalments(user: User, *, act: Act, **fields: Unpack[PurchaseFields]) -> InstalmentPurchase:
    """A purchase that is paid in parts."""
    purchase = InstalmentPurchase(user=user)
    for name, value in fields.items():
        setattr(purchase, name, value)
    purchase.full_clean(exclude=["user"])
    purchase.save(force_insert=True)
    record(purchase, act=act, action=AuditEntry.Action.CREATED)
    return purchase


@transaction.atomic
def update_instalments(
    purchase: InstalmentPurchase, *, act: Act, **fields: Unpack[PurchaseFields]
) -> InstalmentPurchase:
    """Change a purchase, or say how many of its instalments have been paid."""
    purchase = InstalmentPurchase.objects.select_for_update().get(pk=purchase.pk)
    before = snapshot(purchase, PURCHASE_FIELDS)
    for name, value in fields.items():
        setattr(purchase, name, value)
    purchase.full_clean(exclude=["user"])
    purchase.save()
    changes = differences(before, snapshot(purchase, PURCHASE_FIELDS))
    if changes:
        record(purchase, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return purchase


@transaction.atomic
def remove_instalments(purchase: InstalmentPurchase, *, act: Act) -> None:
    record(purchase, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(purchase, PURCHASE_FIELDS))
    purchase.delete()


def _require_payment_row(row: Transaction, debt: Debt) -> None:
    if row.deleted_at is not None:
        raise DomainError("The row is in the trash; restore it first.", code="TRANSACTION_IN_TRASH")
    if DebtPayment.objects.filter(transaction=row).exists():
        raise DomainError("This row is a payment already.", code="PAYMENT_LINKED")
    if row.account.currency != debt.currency:
        raise field_error(
            "transaction",
            f"The row is in {row.account.currency}, the debt in {debt.currency}.",
            "mixed_currencies",
        )
    if row.account_amount > 0 and row.account_id != debt.account_id:
        raise field_error("transaction", "A payment is money that leaves an account.", "not_a_payment")
    if row.account_amount == 0:
        raise field_error("transaction", "The row moves no money.", "not_a_payment")


def _given(value: V | None, found: V | None, name: str) -> V:
    chosen = value if value is not None else found
    if chosen is None:
        raise field_error(name, "Give it, or a transaction that has it.", "required")
    return chosen
