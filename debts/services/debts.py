"""Adding, changing and removing debts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Max

from core.audit import Act, differences, record, snapshot
from core.domain.money import LARGEST_AMOUNT, to_minor
from core.errors import DomainError, field_error
from core.models import AuditEntry
from debts.domain.given import GivenMinimum, GivenPromo, GivenRate, GivenSegment
from debts.domain.terms import Accrual, MinimumGoesTo
from debts.models import BalanceSegment, Debt, RateChange
from debts.selectors.balances import debts_with_history, history_of
from transactions.models import Account
from users.models import User

MAX_OPEN_DEBTS = 200
FIELDS = (
    "name", "kind", "lender", "currency", "account", "status", "opened_on", "balance_on", "due_day", "credit_limit",
    "accrual", "minimum_rule", "minimum_amount", "minimum_percent", "minimum_floor", "minimum_of",
    "minimum_months", "minimum_goes_to", "monthly_fee", "annual_fee", "annual_fee_month", "late_fee", "notes",
    "position",
)  # fmt: skip


class DebtFields(TypedDict, total=False):
    """What can be said of a debt; its ``segments`` were owed on ``balance_on``."""

    name: str
    kind: str
    lender: str
    currency: str
    account: Account | None
    status: str
    opened_on: date | None
    balance_on: date
    due_day: int
    credit_limit: Decimal | None
    accrual: Accrual
    minimum_payment: GivenMinimum
    minimum_goes_to: MinimumGoesTo
    monthly_fee: Decimal
    annual_fee: Decimal
    annual_fee_month: int | None
    late_fee: Decimal
    segments: Sequence[GivenSegment]
    notes: str
    position: int


class DebtInput(DebtFields, total=False):
    """The same, with the short form of a single segment."""

    balance: Decimal
    apr: Decimal
    promo: GivenPromo | None
    rate_changes: Sequence[GivenRate]


@transaction.atomic
def add_debt(user: User, *, act: Act, **fields: Unpack[DebtFields]) -> Debt:
    """A new debt, the last in the person's order.

    409 ``DEBT_LIMIT_EXCEEDED`` over 200; a validation error where it would have grown beyond what can be kept.
    """
    count = Debt.objects.for_user(user).count()
    if count >= MAX_OPEN_DEBTS:
        raise DomainError(
            f"You can have at most {MAX_OPEN_DEBTS} debts.",
            code="DEBT_LIMIT_EXCEEDED",
            details={"current_count": count, "max_count": MAX_OPEN_DEBTS},
        )
    last = Debt.objects.for_user(user).aggregate(last=Max("position"))["last"]
    debt = Debt(user=user, position=(last or 0) + 1)
    _assign(debt, fields)
    debt.save(force_insert=True)
    _replace_segments(debt, fields.get("segments", ()))
    _require_bounded(debt, fields, today=user.today(act.at))
    record(debt, act=act, action=AuditEntry.Action.CREATED, changes={"segments": _segments_shown(debt)})
    return debt


@transaction.atomic
def update_debt(debt: Debt, *, act: Act, **fields: Unpack[DebtFields]) -> Debt:
    """Change a debt; new segments take the place of all it had.

    409 ``DEBT_CURRENCY_FIXED`` for another currency once payments are recorded; a validation error where it would
    have grown beyond what can be kept.
    """
    debt = Debt.objects.select_for_update(of=("self",)).get(pk=debt.pk)
    before = _image(debt)
    _assign(debt, fields)
    debt.save()
    debt.refresh_from_db()
    if "segments" in fields:
        _replace_segments(debt, fields["segments"])
    changes = differences(before, _image(debt))
    if "currency" in changes and debt.payments.exists():
        raise DomainError("A debt with payments keeps its currency.", code="DEBT_CURRENCY_FIXED")
    if changes:
        _require_bounded(debt, fields, today=debt.user.today(act.at))
        record(debt, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return debt


@transaction.atomic
def remove_debt(debt: Debt, *, act: Act) -> None:
    """Forget a debt and its recorded payments; the ledger's rows stay as they are."""
    for payment in debt.payments.all():
        record(payment, act=act, action=AuditEntry.Action.DELETED, changes={"debt": str(debt.pk)})
    record(debt, act=act, action=AuditEntry.Action.DELETED, changes=_image(debt))
    debt.delete()


def _assign(debt: Debt, fields: DebtFields) -> None:
    """Set what was said; a minimum replaces all that was said of the former one."""
    for name, value in fields.items():
        if name not in {"minimum_payment", "segments"}:
            setattr(debt, name, value)
    minimum = fields.get("minimum_payment")
    if minimum is not None:
        debt.minimum_rule, debt.minimum_of = minimum.rule, minimum.of
        debt.minimum_amount, debt.minimum_floor = minimum.amount, minimum.floor
        debt.minimum_percent, debt.minimum_months = minimum.percent, minimum.months
    _require_same_currency(debt)
    debt.full_clean(exclude=["account"])


def _replace_segments(debt: Debt, segments: Sequence[GivenSegment]) -> None:
    BalanceSegment.objects.filter(debt=debt).delete()
    for given in segments:
        promo = given.promo
        segment = BalanceSegment(
            debt=debt,
            kind=given.kind,
            amount=given.amount,
            apr=given.apr,
            promo_apr=None if promo is None else promo.apr,
            promo_until=None if promo is None else promo.until,
            is_deferred=promo is not None and promo.deferred,
        )
        segment.full_clean(exclude=["debt"])
        segment.save(force_insert=True)
        RateChange.objects.bulk_create(
            [RateChange(segment=segment, on=change.on, apr=change.apr) for change in given.rate_changes]
        )


def _require_bounded(debt: Debt, fields: DebtFields, *, today: date) -> None:
    """A validation error of what makes a debt grow, from its balance's day to today, beyond what can be kept."""
    kept = debts_with_history().get(pk=debt.pk)
    if history_of(kept, until=today).balance < to_minor(LARGEST_AMOUNT, kept.currency):
        return
    grown = f"By today it would have grown to more than {LARGEST_AMOUNT} {kept.currency}"
    if "balance_on" in fields:
        raise field_error("balance_on", f"{grown}: give what is owed now, and its day.", "out_of_range")
    segments = fields.get("segments")
    if segments:
        dearest = max(range(len(segments)), key=lambda index: segments[index].apr)
        raise field_error(f"segments.{dearest}.apr", f"{grown}.", "out_of_range")
    raise field_error(next(iter(fields)), f"{grown}.", "out_of_range")


def _require_same_currency(debt: Debt) -> None:
    account = debt.account
    if account is not None and account.currency != debt.currency:
        raise field_error(
            "account",
            f"The account is in {account.currency}, the debt in {debt.currency}.",
            "mixed_currencies",
        )


def _image(debt: Debt) -> dict[str, object]:
    return snapshot(debt, FIELDS) | {"segments": _segments_shown(debt)}


def _segments_shown(debt: Debt) -> list[dict[str, object]]:
    parts = BalanceSegment.objects.filter(debt=debt).order_by("id").prefetch_related("rate_changes")
    return [
        {
            "kind": part.kind,
            "amount": f"{part.amount.normalize():f}",
            "apr": f"{part.apr.normalize():f}",
            "promo_apr": None if part.promo_apr is None else f"{part.promo_apr.normalize():f}",
            "promo_until": part.promo_until and part.promo_until.isoformat(),
            "is_deferred": part.is_deferred,
            "rate_changes": [
                [change.on.isoformat(), f"{change.apr.normalize():f}"]
                for change in sorted(part.rate_changes.all(), key=lambda change: change.on)
            ],
        }
        for part in parts
    ]
