"""Debts as the API shows and takes them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.domain.money import MoneyError, from_minor, require_exact
from core.errors import field_error
from core.serializers import (
    ContractModelSerializer,
    CurrencyField,
    DayField,
    ManySerializer,
    OwnedRelatedField,
)
from debts.domain.given import GivenMinimum, GivenSegment
from debts.domain.interest import month_on
from debts.models import Debt
from debts.selectors.balances import history_of, minimum_given, segments_given
from debts.selectors.checks import require_exact_amounts
from debts.serializers.records import AprField, OwedField
from debts.serializers.terms import (
    MAX_CHANGES,
    MAX_SEGMENTS,
    SHORT_FORM,
    MinimumSerializer,
    PromoSerializer,
    RateChangeSerializer,
    SegmentSerializer,
    TermsFields,
    require_one_change_a_day,
    require_sum_below_largest,
)
from debts.services.debts import DebtFields, DebtInput
from transactions.models import Account


class MinimumOfDebt(MinimumSerializer):
    def get_attribute(self, instance: Debt) -> GivenMinimum:
        return minimum_given(instance)


class SegmentsOfDebt(ManySerializer):
    def get_attribute(self, instance: Debt) -> list[GivenSegment]:
        return segments_given(instance)


class BalanceToday(OwedField):
    def get_attribute(self, instance: Debt) -> Decimal:
        today: date = self.context["view"].today()
        return from_minor(history_of(instance, until=today).balance, instance.currency)


class DebtSerializer(TermsFields, ContractModelSerializer):
    currency = CurrencyField()
    account = OwnedRelatedField(queryset=Account.objects.all(), required=False, allow_null=True)
    balance_on = DayField(
        required=False, help_text="The day on which the segments' amounts were owed; today if left out."
    )
    minimum_payment = MinimumOfDebt(required=False)
    balance = BalanceToday(
        required=False,
        help_text=(
            f"Shown: owed today, with the payments and interest since. Sent: owed on `balance_on`. {SHORT_FORM} "
            "Beside `segments` it is ignored."
        ),
    )
    apr = AprField(required=False, write_only=True)
    promo = PromoSerializer(required=False, allow_null=True, write_only=True)
    rate_changes = ManySerializer(
        child=RateChangeSerializer(), required=False, max_length=MAX_CHANGES, write_only=True
    )
    segments = SegmentsOfDebt(
        child=SegmentSerializer(), required=False, allow_empty=False, max_length=MAX_SEGMENTS
    )

    amounts = dict.fromkeys(("balance", "credit_limit", "monthly_fee", "annual_fee", "late_fee"), "currency")

    class Meta:
        model = Debt
        fields = (
            "id", "name", "kind", "lender", "currency", "account", "status", "opened_on", "balance_on", "due_day",
            "credit_limit", "accrual", "minimum_payment", "minimum_goes_to", "monthly_fee", "annual_fee",
            "annual_fee_month", "late_fee", "segments", "balance", "apr", "promo", "rate_changes", "notes", "position",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")

    def to_internal_value(self, data: object) -> DebtFields:
        given: DebtInput = super().to_internal_value(data)
        debt: Debt | None = self.instance
        if debt is not None and "currency" in given:
            _require_kept_amounts_exact(debt, given)
        require_exact_amounts(
            given, given["currency"] if debt is None else given.get("currency", debt.currency)
        )
        if "balance" in given and "segments" not in given:
            given.setdefault("balance_on", self.context["view"].today())
        return _in_long_form(given, is_partial=self.partial)

    def validate(self, attrs: DebtFields) -> DebtFields:
        debt: Debt | None = self.instance
        today: date = self.context["view"].today()
        if debt is None:
            attrs.setdefault("balance_on", today)
        since = attrs["balance_on"] if "balance_on" in attrs or debt is None else debt.balance_on
        if since > today:
            raise field_error("balance_on", "This day has not come yet.", "in_the_future")
        if "segments" in attrs:
            require_sum_below_largest(sum((each.amount for each in attrs["segments"]), Decimal(0)))
            attrs["segments"] = [_dated(segment, since) for segment in attrs["segments"]]
        return attrs


def _in_long_form(given: DebtInput, *, is_partial: bool) -> DebtFields:
    """The request with its balance as segments, in whichever form it was given."""
    is_short = any(name in given for name in ("balance", "apr", "promo", "rate_changes"))
    balance = given.pop("balance", None)
    apr = given.pop("apr", None)
    promo = given.pop("promo", None)
    changes = given.pop("rate_changes", ())
    if "segments" in given:
        if apr is not None or promo is not None or changes:
            raise field_error("apr", "Give it inside each of the segments.", "unknown_field")
        return given
    if is_partial and not is_short:
        return given
    if balance is None or apr is None:
        missing = "balance" if balance is None else "apr"
        raise field_error(missing, "Give balance and apr, or segments.", "required")
    require_one_change_a_day(changes)
    given["segments"] = [GivenSegment(amount=balance, apr=apr, promo=promo, rate_changes=changes)]
    return given


def _require_kept_amounts_exact(debt: Debt, given: DebtFields) -> None:
    """A validation error where another currency could not hold what the debt has already."""
    kept: list[Decimal] = []
    if "segments" not in given and "balance" not in given:
        kept += [part.amount for part in debt.parts]
    if "minimum_payment" not in given:
        kept += [debt.minimum_amount, debt.minimum_floor]
    kept += [
        amount
        for name, amount in (
            ("monthly_fee", debt.monthly_fee),
            ("annual_fee", debt.annual_fee),
            ("late_fee", debt.late_fee),
            ("credit_limit", debt.credit_limit),
        )
        if name not in given and amount is not None
    ]
    for amount in kept:
        try:
            require_exact(amount, given["currency"])
        except MoneyError as exc:
            raise field_error("currency", str(exc), "not_exact") from exc


def _dated(segment: GivenSegment, since: date) -> GivenSegment:
    """A promotion of so many months as one that ends on a day."""
    promo = segment.promo
    if promo is None or promo.months is None:
        return segment
    until = month_on(since, promo.months)
    return replace(segment, promo=replace(promo, months=None, until=until))
