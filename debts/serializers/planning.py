"""What a client asks the planner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from rest_framework import serializers

from core.errors import field_error
from core.serializers import (
    AmountField,
    ContractSerializer,
    CurrencyField,
    DayField,
    ListField,
    ManySerializer,
    OwnedRelatedField,
)
from debts.domain.budget import MonthKind
from debts.domain.given import DatedAmount, GivenDebt
from debts.domain.interest import month_on
from debts.domain.requests import (
    BudgetedRequest,
    CompareRequest,
    HouseholdRequest,
    NewCharge,
    Pause,
    PlanRequest,
    RiskRequest,
    TargetRequest,
    TransferOffer,
    WhatIfRequest,
)
from debts.domain.strategies import Strategy
from debts.domain.terms import MAX_DEBTS, MAX_MONTHS
from debts.models import Debt
from debts.selectors.checks import require_every_debt_once, require_exact_amounts
from debts.serializers.records import (
    AprField,
    MonthField,
    OwedField,
    PercentField,
    RecordSerializer,
    WordField,
    named,
)
from debts.serializers.terms import DatedAmountSerializer, DebtTermsSerializer, MinimumSerializer

H = TypeVar("H", bound=HouseholdRequest)

MAX_CHANGES = 600
MAX_OFFERS = 5
EARLIEST_START = timedelta(days=366)
PAUSES = named(kind for kind in MonthKind if kind != MonthKind.REGULAR)
ORDERINGS = named(each for each in Strategy if each not in {Strategy.MINIMUMS_ONLY, Strategy.OPTIMAL})
RISKED = named((Strategy.AVALANCHE, Strategy.SNOWBALL))
DEFAULT_STRATEGIES = (Strategy.SNOWBALL, Strategy.AVALANCHE, Strategy.OPTIMAL)


class BudgetChangeSerializer(RecordSerializer[DatedAmount]):
    record = DatedAmount

    on = DayField(help_text="From the first payment on this day or after it.")
    amount = OwedField()


class PauseSerializer(RecordSerializer[Pause]):
    """Months without extra payments, or without any."""

    record = Pause

    first_on = DayField()
    last_on = DayField()
    kind = WordField(MonthKind, among=PAUSES, required=False, default=MonthKind.MINIMUMS_ONLY)

    def check(self, made: Pause) -> None:
        if made.last_on < made.first_on:
            raise field_error("last_on", "A pause ends after it begins.", "before_start")


class NewChargeSerializer(RecordSerializer[NewCharge]):
    record = NewCharge

    on = DayField()
    debt = serializers.CharField(max_length=100, help_text="The debt's name, or the id of a saved one.")
    amount = OwedField()
    months = MonthField(required=False, default=1, help_text="So many months in a row.")


class OfferSerializer(RecordSerializer[TransferOffer]):
    """A balance transfer that a card offers."""

    record = TransferOffer

    name = serializers.CharField(max_length=100)
    fee_percent = PercentField()
    minimum_fee = OwedField(required=False)
    cap = OwedField(required=False, help_text="The most that can be moved.")
    promo_apr = AprField()
    promo_months = MonthField()
    go_to_apr = AprField()
    minimum_payment = MinimumSerializer(required=False)


class HouseholdSerializer(RecordSerializer[H]):
    """Your debts, or debts that are sent along and not kept; and what can be paid."""

    currency = CurrencyField(
        required=False, help_text="Needed with `debts`; otherwise chooses among your debts' currencies."
    )
    convert = serializers.BooleanField(
        required=False, default=False, help_text="Plan your debts of all currencies together in `currency`."
    )
    starts_on = DayField(required=False, help_text="The day of the first payment; your today if left out.")
    debts = ManySerializer(
        child=DebtTermsSerializer(), required=False, allow_empty=False, max_length=MAX_DEBTS
    )
    debt_ids = OwnedRelatedField(queryset=Debt.objects.all(), many=True, required=False, allow_empty=False)
    new_charges = ManySerializer(child=NewChargeSerializer(), required=False, max_length=MAX_CHANGES)
    order = ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        max_length=MAX_DEBTS,
        help_text="`custom`: every debt's name (or id) once, the first to be paid first.",
    )

    def validate(self, attrs: Mapping[str, object]) -> H:
        chosen = attrs.get("debt_ids")
        ids = [row.pk for row in chosen] if isinstance(chosen, list) else []
        return super().validate({"starts_on": self.context["today"], **attrs, "debt_ids": ids})

    def check(self, made: H) -> None:
        if made.debts and made.debt_ids:
            raise field_error("debt_ids", "Send debts or name saved ones, not both.", "conflicting")
        if made.debts:
            currency = _one_currency(made)
            _require_names(made.debts)
            require_exact_amounts(made, currency)
        self._require_start(made.starts_on)
        for name, day in _days(made):
            if day < made.starts_on:
                raise field_error(name, f"The plan starts on {made.starts_on}.", "in_the_past")

    def _require_start(self, start: date) -> None:
        today: date = self.context["today"]
        if start < today - EARLIEST_START:
            raise field_error("starts_on", "A plan starts at most a year ago.", "in_the_past")
        if start > month_on(today, MAX_MONTHS + 1):
            raise field_error(
                "starts_on", f"A plan starts within {MAX_MONTHS} months from today.", "out_of_range"
            )


class BudgetedSerializer(HouseholdSerializer[H]):
    monthly_budget = OwedField(help_text="For all debts together, minimums included.")
    budget_changes = ManySerializer(child=BudgetChangeSerializer(), required=False, max_length=MAX_CHANGES)
    extras = ManySerializer(child=DatedAmountSerializer(), required=False, max_length=MAX_CHANGES)
    yearly_raise = serializers.DecimalField(
        max_digits=6,
        decimal_places=4,
        min_value=-50,
        max_value=50,
        required=False,
        help_text="Percent by which the budget grows every twelve months.",
    )
    pauses = ManySerializer(child=PauseSerializer(), required=False, max_length=MAX_CHANGES)
    rollover = serializers.BooleanField(
        required=False, default=True, help_text="What a cleared debt's minimum was stays in the budget."
    )
    transfer_offers = ManySerializer(child=OfferSerializer(), required=False, max_length=MAX_OFFERS)


class PlanRequestSerializer(BudgetedSerializer[PlanRequest]):
    record = PlanRequest

    strategy = WordField(Strategy, required=False, default=Strategy.AVALANCHE)

    def check(self, made: PlanRequest) -> None:
        super().check(made)
        _require_order(made, made.strategy)


class CompareRequestSerializer(BudgetedSerializer[CompareRequest]):
    record = CompareRequest

    strategies = ListField(
        child=WordField(Strategy), required=False, allow_empty=False, max_length=len(Strategy)
    )

    def validate(self, attrs: Mapping[str, object]) -> CompareRequest:
        given = attrs.get("strategies")
        chosen = list(dict.fromkeys(given)) if isinstance(given, list) else DEFAULT_STRATEGIES
        return super().validate({**attrs, "strategies": chosen})

    def check(self, made: CompareRequest) -> None:
        super().check(made)
        _require_order(made, *made.strategies)


class TargetRequestSerializer(HouseholdSerializer[TargetRequest]):
    record = TargetRequest

    target_on = DayField(help_text="The day by which nothing is owed.")
    strategy = WordField(Strategy, among=ORDERINGS, required=False, default=Strategy.AVALANCHE)

    def check(self, made: TargetRequest) -> None:
        super().check(made)
        _require_order(made, made.strategy)
        if made.target_on < made.starts_on:
            raise field_error("target_on", f"The plan starts on {made.starts_on}.", "in_the_past")


class WhatIfRequestSerializer(BudgetedSerializer[WhatIfRequest]):
    record = WhatIfRequest

    strategy = WordField(Strategy, among=ORDERINGS, required=False, default=Strategy.AVALANCHE)
    extra_amounts = ListField(
        child=AmountField(min_value=0),
        required=False,
        allow_empty=False,
        max_length=20,
        help_text="More a month; 25, 50, 100, 200 and 500 if left out.",
    )

    def check(self, made: WhatIfRequest) -> None:
        super().check(made)
        _require_order(made, made.strategy)


class RiskRequestSerializer(BudgetedSerializer[RiskRequest]):
    record = RiskRequest

    strategy = WordField(Strategy, among=RISKED, required=False, default=Strategy.AVALANCHE)
    deviations = ListField(
        child=AmountField(),
        required=False,
        min_length=3,
        max_length=120,
        help_text="How far each month's surplus lay from the usual one; your own ledger's if left out.",
    )
    paths = serializers.IntegerField(min_value=100, max_value=20_000, required=False, default=2000)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=1)


class DebtScheduleQuerySerializer(ContractSerializer):
    monthly_payment = OwedField(required=False, help_text="A constant payment; the minimums if left out.")


def _one_currency(asked: HouseholdRequest) -> str:
    if asked.currency is None:
        raise field_error("currency", "Say in which currency the debts are.", "required")
    for index, debt in enumerate(asked.debts):
        if debt.currency not in {None, asked.currency}:
            raise field_error(
                f"debts.{index}.currency",
                f"Plan one currency at a time: this debt is in {debt.currency}, the plan in {asked.currency}.",
                "mixed_currencies",
            )
    return asked.currency


def _require_names(debts: Sequence[GivenDebt]) -> None:
    counted = Counter(debt.name for debt in debts)
    for index, debt in enumerate(debts):
        if counted[debt.name] > 1:
            raise field_error(f"debts.{index}.name", "Two debts have this name.", "not_unique")


def _days(asked: HouseholdRequest) -> list[tuple[str, date]]:
    """The days of a request that lie in the plan, each with its field."""
    named = [(f"new_charges.{index}.on", each.on) for index, each in enumerate(asked.new_charges)]
    if isinstance(asked, BudgetedRequest):
        named += [(f"extras.{index}.on", each.on) for index, each in enumerate(asked.extras)]
        named += [(f"budget_changes.{index}.on", each.on) for index, each in enumerate(asked.budget_changes)]
        named += [(f"pauses.{index}.first_on", each.first_on) for index, each in enumerate(asked.pauses)]
    return named


def _require_order(asked: HouseholdRequest, *strategies: Strategy) -> None:
    if Strategy.CUSTOM in strategies and not asked.order:
        raise field_error("order", "The strategy custom needs an order.", "required")
    if asked.debts and asked.order:
        require_every_debt_once(asked.order, [debt.name for debt in asked.debts])
