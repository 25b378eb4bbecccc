"""What the budget endpoints answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.envelopes import Status
from budgets.domain.redistribution import Reason
from budgets.models import Redistribution
from core.domain.money import minor_as_text, plain
from core.serializers import (
    ChoiceField,
    ContractModelSerializer,
    ContractSerializer,
    DayField,
    ListField,
    ShownDecimalField,
)
from transactions.domain.category_tree import CategoryGroup

AMOUNT = ShownDecimalField
STATUSES = [status.value for status in Status]
GROUPS = [group.value for group in CategoryGroup]
SET_ASIDE_KINDS = ["bill", "debt", "goal"]
REASONS = [reason.value for reason in Reason]
WHY = "`slack`: it has more left than it is likely to need; `priority`: it matters least of those with money left."


class FiguresSerializer(serializers.Serializer[Any]):
    planned = AMOUNT(help_text="The plan; the days add up to the allocation.")
    available = AMOUNT(help_text="The plan and what earlier days left or took.")
    spent = AMOUNT()
    remaining = AMOUNT()
    status = ChoiceField(STATUSES)


class DayCategorySerializer(FiguresSerializer):
    allocation = serializers.UUIDField()
    category = serializers.UUIDField()
    name = serializers.CharField()
    group = serializers.ChoiceField(GROUPS)
    carried_in = AMOUNT()
    carried_because = serializers.CharField()
    moved = AMOUNT(help_text="What redistributions of this day brought, or took if negative.")


class DaySerializer(FiguresSerializer):
    date = DayField()
    period = serializers.UUIDField()
    currency = serializers.CharField()
    unplanned = AMOUNT(help_text="Spent where nothing is allotted; part of `spent`.")
    categories = DayCategorySerializer(many=True)


class CalendarDaySerializer(FiguresSerializer):
    date = DayField()
    unplanned = AMOUNT()
    categories = serializers.DictField(
        child=FiguresSerializer(), required=False, help_text="By category id, with `by_category=true`."
    )


class CalendarSerializer(serializers.Serializer[Any]):
    month = serializers.CharField()
    today = DayField()
    currency = serializers.CharField()
    periods = ListField(child=serializers.UUIDField())
    days = CalendarDaySerializer(many=True)


class SetAsideSerializer(serializers.Serializer[Any]):
    date = DayField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(SET_ASIDE_KINDS)
    amount = AMOUNT()


class SafeToSpendSerializer(serializers.Serializer[Any]):
    date = DayField()
    currency = serializers.CharField()
    safe_today = AMOUNT(help_text="What is left of today's share.")
    per_day = AMOUNT()
    total = AMOUNT(help_text="Free until the next income.")
    until = DayField(help_text="The day before the next income.")
    days = serializers.IntegerField()
    balance = AMOUNT(help_text="Of the accounts for daily use, pending rows and cards included.")
    buffer = AMOUNT()
    set_aside = SetAsideSerializer(many=True)
    set_aside_total = AMOUNT()
    lowest_balance = AMOUNT()
    lowest_on = DayField()
    left_out = ListField(child=serializers.CharField(), help_text="What has no rate to your base currency.")


class ForecastFiguresSerializer(serializers.Serializer[Any]):
    spent = AMOUNT(help_text="Up to now.")
    expected = AMOUNT(help_text="Still to come: bills on their dates, and habit.")
    low = AMOUNT(help_text="What comes is less than this one time in ten.")
    high = AMOUNT(help_text="What comes is more than this one time in ten.")
    projected = AMOUNT(help_text="Spent and expected.")


class ForecastCategorySerializer(ForecastFiguresSerializer):
    allocation = serializers.UUIDField()
    category = serializers.UUIDField()
    name = serializers.CharField()
    allotted = AMOUNT()
    status = ChoiceField(STATUSES, help_text="Of what is projected.")


class ForecastDaySerializer(serializers.Serializer[Any]):
    date = DayField()
    expected = AMOUNT()


class ForecastSerializer(ForecastFiguresSerializer):
    period = serializers.UUIDField()
    currency = serializers.CharField()
    until = DayField()
    days = ForecastDaySerializer(many=True)
    categories = ForecastCategorySerializer(many=True)
    unplanned = ForecastFiguresSerializer(help_text="Where nothing is allotted.")

    def get_fields(self) -> dict[str, Any]:
        # A field's own name cannot be a word of the language.
        return {"from": DayField(), **super().get_fields()}


class ReportCategorySerializer(serializers.Serializer[Any]):
    category = serializers.UUIDField()
    name = serializers.CharField()
    group = serializers.ChoiceField(GROUPS)
    allotted = AMOUNT()
    moved = AMOUNT()
    spent = AMOUNT()
    remaining = AMOUNT()
    rolls_over = AMOUNT()
    status = ChoiceField(STATUSES)


class ReportSerializer(serializers.Serializer[Any]):
    first_on = DayField()
    last_on = DayField()
    currency = serializers.CharField()
    income_expected = AMOUNT()
    income_received = AMOUNT()
    allotted = AMOUNT()
    spent = AMOUNT()
    unplanned = AMOUNT()
    saved = AMOUNT(help_text="Income received minus everything spent.")
    unconverted = serializers.IntegerField(help_text="Rows that count nowhere for want of a rate.")
    categories = ReportCategorySerializer(many=True)


class MoveSerializer(serializers.Serializer[Any]):
    giver = serializers.UUIDField(source="giver_id")
    receiver = serializers.UUIDField(source="receiver_id")
    amount = serializers.SerializerMethodField()
    reason = ChoiceField(REASONS, help_text=WHY)

    @extend_schema_field(ShownDecimalField())
    def get_amount(self, move: Any) -> str:
        return plain(move.amount, move.redistribution.period.currency)


class CategoryStandingSerializer(serializers.Serializer[Any]):
    """A category as the run found it."""

    allocation = serializers.UUIDField()
    name = serializers.CharField()
    budgeted = AMOUNT()
    spent = AMOUNT()
    remaining = AMOUNT()
    days_left = serializers.IntegerField()
    needed = AMOUNT(help_text="What the forecast expects it to spend still.")


class ShortfallSerializer(serializers.Serializer[Any]):
    allocation = serializers.UUIDField()
    amount = AMOUNT()


class RedistributionSerializer(ContractModelSerializer):
    currency = serializers.CharField(source="period.currency", read_only=True)
    moves = MoveSerializer(many=True, read_only=True)
    short = serializers.SerializerMethodField()
    states = serializers.SerializerMethodField()

    class Meta:
        model = Redistribution
        fields = (
            "id", "period", "day", "trigger", "status", "message", "currency", "moves", "short", "states",
            "undone_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ShortfallSerializer(many=True))
    def get_short(self, run: Any) -> list[dict[str, str]]:
        return [{"allocation": key, "amount": amount} for key, amount in run.short.items()]

    @extend_schema_field(CategoryStandingSerializer(many=True))
    def get_states(self, run: Any) -> list[dict[str, Any]]:
        return [state_shown(state, run.period.currency) for state in run.states]


class RunRequestSerializer(ContractSerializer):
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would be moved.")


class RunMoveSerializer(serializers.Serializer[Any]):
    giver = serializers.UUIDField()
    receiver = serializers.UUIDField()
    amount = AMOUNT()
    reason = ChoiceField(REASONS, help_text=WHY)


class RunSerializer(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField()
    message = serializers.CharField()
    redistribution = serializers.UUIDField(allow_null=True, help_text="The record, where money was moved.")
    currency = serializers.CharField()
    moves = RunMoveSerializer(many=True)
    short = ShortfallSerializer(many=True)
    states = CategoryStandingSerializer(many=True)


def state_shown(state: Any, currency: str) -> dict[str, Any]:
    """A recorded state with its amounts as texts."""
    amounts = {
        name: minor_as_text(state[name], currency) for name in ("budgeted", "spent", "remaining", "needed")
    }
    return {"allocation": state["key"], "name": state["name"], "days_left": state["days_left"], **amounts}


def run_shown(run: Any, *, currency: str, dry_run: bool) -> dict[str, Any]:
    """What a run has moved, or would."""
    outcome = run.outcome
    return {
        "dry_run": dry_run,
        "message": run.message,
        "redistribution": None if run.kept is None else str(run.kept.pk),
        "currency": currency,
        "moves": [
            {
                "giver": move.giver,
                "receiver": move.receiver,
                "amount": minor_as_text(move.amount, currency),
                "reason": move.reason.value,
            }
            for move in outcome.moves
        ],
        "short": [
            {"allocation": key, "amount": minor_as_text(units, currency)}
            for key, units in outcome.short.items()
        ],
        "states": [state_shown(state._asdict(), currency) for state in outcome.states],
    }
