"""Saved debts as they stand on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Model, Prefetch, QuerySet

from core.domain.money import from_minor, round_to_minor, to_minor
from debts.domain.given import GivenDebt, GivenMinimum, GivenPromo, GivenRate, GivenSegment
from debts.domain.history import History, Paid, first_day, history
from debts.domain.terms import Accrual, BalanceBasis, MinimumGoesTo, MinimumRule, SegmentKind
from debts.models import BalanceSegment, Debt, DebtPayment
from debts.selectors.terms import terms_of


def debts_with_history() -> QuerySet[Debt]:
    """Debts with all that their balance on any day depends on, in four queries however many there are."""
    segments = BalanceSegment.objects.order_by("id").prefetch_related("rate_changes")
    payments = DebtPayment.objects.counted().order_by("paid_on", "id")
    related: tuple[Prefetch[str, QuerySet[Model], str], ...] = (
        Prefetch("segments", segments, to_attr="parts"),
        Prefetch("payments", payments, to_attr="paid"),
    )
    return Debt.objects.prefetch_related(*related)


def history_of(debt: Debt, *, until: date) -> History:
    """What happened to a debt of ``debts_with_history`` up to and including a day."""
    paid = [
        Paid(
            on=payment.paid_on,
            amount=to_minor(payment.amount, debt.currency),
            interest=None if payment.interest is None else to_minor(payment.interest, debt.currency),
        )
        for payment in debt.paid
    ]
    terms = terms_of(terms_given(debt), currency=debt.currency, start=first_day(debt.balance_on))
    return history(terms, since=debt.balance_on, payments=paid, until=until)


def terms_given(debt: Debt, balances: Iterable[Decimal] | None = None) -> GivenDebt:
    """A row's terms as its person would give them; ``balances`` take the place of its amounts."""
    amounts = list(balances) if balances is not None else [part.amount for part in debt.parts]
    return GivenDebt(
        id=debt.pk,
        name=debt.name,
        kind=debt.kind,
        currency=debt.currency,
        credit_limit=debt.credit_limit,
        accrual=Accrual(debt.accrual),
        minimum_payment=minimum_given(debt),
        minimum_goes_to=MinimumGoesTo(debt.minimum_goes_to),
        monthly_fee=debt.monthly_fee,
        annual_fee=debt.annual_fee,
        annual_fee_month=debt.annual_fee_month,
        late_fee=debt.late_fee,
        segments=[
            replace(segment, amount=amount)
            for segment, amount in zip(segments_given(debt), amounts, strict=True)
        ],
    )


def minimum_given(debt: Debt) -> GivenMinimum:
    """The minimum rule, its amounts at the currency's precision."""
    return GivenMinimum(
        rule=MinimumRule(debt.minimum_rule),
        amount=round_to_minor(debt.minimum_amount, debt.currency),
        percent=debt.minimum_percent,
        floor=round_to_minor(debt.minimum_floor, debt.currency),
        of=BalanceBasis(debt.minimum_of),
        months=debt.minimum_months,
    )


def segments_given(debt: Debt) -> list[GivenSegment]:
    """The segments of a debt of ``debts_with_history``, their amounts at the currency's precision."""
    return [
        GivenSegment(
            kind=SegmentKind(part.kind),
            amount=round_to_minor(part.amount, debt.currency),
            apr=part.apr,
            promo=_promo_given(part),
            rate_changes=[
                GivenRate(on=change.on, apr=change.apr)
                for change in sorted(part.rate_changes.all(), key=lambda change: change.on)
            ],
        )
        for part in debt.parts
    ]


def terms_on(debt: Debt, *, on: date) -> GivenDebt:
    """A row's terms with what is owed at the end of a day; an amortising term runs from ``balance_on``."""
    owed = history_of(debt, until=on).balances
    given = terms_given(debt, [from_minor(units, debt.currency) for units in owed])
    minimum = given.minimum_payment
    if not minimum.months:
        return given
    passed = (on.year - debt.balance_on.year) * 12 + on.month - debt.balance_on.month
    return replace(given, minimum_payment=replace(minimum, months=max(1, minimum.months - max(0, passed))))


def _promo_given(part: BalanceSegment) -> GivenPromo | None:
    if part.promo_until is None:
        return None
    apr = part.promo_apr if part.promo_apr is not None else Decimal(0)
    return GivenPromo(apr=apr, until=part.promo_until, deferred=part.is_deferred)
