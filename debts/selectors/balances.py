"""Saved debts as they stand on a day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from core.domain.money import minor_digits, to_minor
from debts.domain.history import History, Paid, first_day, history
from debts.models import BalanceSegment, Debt, DebtPayment
from debts.selectors.terms import terms_of


def debts_with_history() -> QuerySet[Debt]:
    """Debts with all that their balance on any day depends on, in four queries however many there are."""
    segments = BalanceSegment.objects.order_by("id").prefetch_related("rate_changes")
    payments = DebtPayment.objects.counted().order_by("paid_on", "id")
    return Debt.objects.prefetch_related(
        Prefetch("segments", segments, to_attr="parts"), Prefetch("payments", payments, to_attr="paid")
    )


def history_of(debt: Any, *, until: date) -> History:
    """What happened to a debt of ``debts_with_history`` up to and including a day."""
    given = terms_given(debt)
    paid = [
        Paid(
            on=payment.paid_on,
            amount=to_minor(payment.amount, debt.currency),
            interest=None if payment.interest is None else to_minor(payment.interest, debt.currency),
        )
        for payment in debt.paid
    ]
    terms = terms_of(given, currency=debt.currency, start=first_day(debt.balance_on))
    return history(terms, since=debt.balance_on, payments=paid, until=until)


def terms_given(debt: Any, balances: Iterable[Decimal] | None = None) -> dict[str, Any]:
    """A row's terms with the fields that a request would give; ``balances`` take the place of its amounts."""
    amounts = list(balances) if balances is not None else [part.amount for part in debt.parts]
    return {
        "id": str(debt.pk),
        "name": debt.name,
        "currency": debt.currency,
        "credit_limit": debt.credit_limit,
        "accrual": debt.accrual,
        "minimum_payment": minimum_given(debt),
        "minimum_goes_to": debt.minimum_goes_to,
        "monthly_fee": debt.monthly_fee,
        "annual_fee": debt.annual_fee,
        "annual_fee_month": debt.annual_fee_month,
        "late_fee": debt.late_fee,
        "segments": [part_given(part, amount) for part, amount in zip(debt.parts, amounts, strict=True)],
    }


def minimum_given(debt: Debt) -> dict[str, Any]:
    """The minimum rule with the fields that belong to it."""
    return {
        "rule": debt.minimum_rule,
        "amount": debt.minimum_amount,
        "percent": debt.minimum_percent,
        "floor": debt.minimum_floor,
        "of": debt.minimum_of,
        "months": debt.minimum_months,
    }


def terms_on(debt: Any, *, on: date) -> dict[str, Any]:
    """A row's terms with what is owed at the end of a day; an amortising term runs from ``balance_on``."""
    digits = minor_digits(debt.currency)
    owed = history_of(debt, until=on).balances
    given = terms_given(debt, [Decimal(units).scaleb(-digits) for units in owed])
    minimum = given["minimum_payment"]
    if minimum["months"]:
        passed = (on.year - debt.balance_on.year) * 12 + on.month - debt.balance_on.month
        given["minimum_payment"] = {**minimum, "months": max(1, minimum["months"] - max(0, passed))}
    return given


def part_given(part: Any, amount: Decimal) -> dict[str, Any]:
    """A segment with the fields that a request would give."""
    promo = None
    if part.promo_until is not None:
        promo = {
            "apr": part.promo_apr if part.promo_apr is not None else Decimal(0),
            "until": part.promo_until,
            "deferred": part.is_deferred,
        }
    changes = sorted(part.rate_changes.all(), key=lambda change: change.on)
    return {
        "kind": part.kind,
        "amount": amount,
        "apr": part.apr,
        "promo": promo,
        "rate_changes": [{"on": change.on, "apr": change.apr} for change in changes],
    }
