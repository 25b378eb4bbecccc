"""Adding, changing and removing debts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from core.audit import Act, differences, record, snapshot
from core.errors import DomainError, field_error
from core.models import AuditEntry
from debts.domain.terms import BalanceBasis, MinimumRule
from debts.models import BalanceSegment, Debt, RateChange
from users.models import User

MAX_OPEN_DEBTS = 200
FIELDS = (
    "name", "kind", "lender", "currency", "account", "status", "opened_on", "balance_on", "due_day", "credit_limit",
    "accrual", "minimum_rule", "minimum_amount", "minimum_percent", "minimum_floor", "minimum_of",
    "minimum_months", "minimum_goes_to", "monthly_fee", "annual_fee", "annual_fee_month", "late_fee", "notes",
    "position",
)  # fmt: skip
NO_MINIMUM: Mapping[str, Any] = {
    "rule": MinimumRule.NONE,
    "amount": 0,
    "percent": 0,
    "floor": 0,
    "of": BalanceBasis.AFTER_INTEREST,
    "months": 0,
}


@transaction.atomic
def add_debt(user: User, *, act: Act, segments: Sequence[Mapping[str, Any]], **fields: Any) -> Debt:
    """A new debt, the last in the person's order; 409 ``DEBT_LIMIT_EXCEEDED`` over 200."""
    count = Debt.objects.for_user(user).count()
    if count >= MAX_OPEN_DEBTS:
        raise DomainError(
            f"You can have at most {MAX_OPEN_DEBTS} debts.",
            code="DEBT_LIMIT_EXCEEDED",
            details={"current_count": count, "max_count": MAX_OPEN_DEBTS},
        )
    last = Debt.objects.for_user(user).aggregate(last=Max("position"))["last"]
    debt = Debt(user=user, **_columns({"position": (last or 0) + 1, **fields}))
    _require_same_currency(debt)
    debt.full_clean(exclude=["account"])
    debt.save(force_insert=True)
    _replace_segments(debt, segments)
    record(debt, act=act, action=AuditEntry.Action.CREATED, changes={"segments": _segments_shown(debt)})
    return debt


@transaction.atomic
def update_debt(
    debt: Debt, *, act: Act, segments: Sequence[Mapping[str, Any]] | None = None, **fields: Any
) -> Debt:
    """Change a debt; new segments take the place of all it had.

    409 ``DEBT_CURRENCY_FIXED`` for another currency once payments are recorded.
    """
    debt = Debt.objects.select_for_update(of=("self",)).get(pk=debt.pk)
    before = _image(debt)
    for name, value in _columns(fields).items():
        setattr(debt, name, value)
    _require_same_currency(debt)
    debt.full_clean(exclude=["account"])
    debt.save()
    debt.refresh_from_db()
    if segments is not None:
        _replace_segments(debt, segments)
    changes = differences(before, _image(debt))
    if "currency" in changes and debt.payments.exists():
        raise DomainError("A debt with payments keeps its currency.", code="DEBT_CURRENCY_FIXED")
    if changes:
        record(debt, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return debt


@transaction.atomic
def remove_debt(debt: Debt, *, act: Act) -> None:
    """Forget a debt and its recorded payments; the ledger's rows stay as they are."""
    record(debt, act=act, action=AuditEntry.Action.DELETED, changes=_image(debt))
    debt.delete()


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a request as columns: a minimum replaces all that was said of the former one."""
    columns = {name: value for name, value in fields.items() if name != "minimum_payment"}
    if "minimum_payment" in fields:
        minimum = {**NO_MINIMUM, **fields["minimum_payment"]}
        columns |= {f"minimum_{name}": value for name, value in minimum.items()}
    return columns


def _replace_segments(debt: Debt, segments: Sequence[Mapping[str, Any]]) -> None:
    BalanceSegment.objects.filter(debt=debt).delete()
    for given in segments:
        promo = given.get("promo") or {}
        segment = BalanceSegment(
            debt=debt,
            amount=given["amount"],
            apr=given["apr"],
            promo_apr=promo.get("apr"),
            promo_until=promo.get("until"),
            is_deferred=promo.get("deferred", False),
        )
        segment.kind = given.get("kind", segment.kind)
        segment.full_clean(exclude=["debt"])
        segment.save(force_insert=True)
        RateChange.objects.bulk_create(
            [RateChange(segment=segment, **change) for change in given.get("rate_changes", ())]
        )


def _require_same_currency(debt: Debt) -> None:
    account = debt.account
    if account is not None and account.currency != debt.currency:
        raise field_error(
            "account",
            f"The account is in {account.currency}, the debt in {debt.currency}.",
            "mixed_currencies",
        )


def _image(debt: Debt) -> dict[str, Any]:
    return snapshot(debt, FIELDS) | {"segments": _segments_shown(debt)}


def _segments_shown(debt: Debt) -> list[dict[str, Any]]:
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
