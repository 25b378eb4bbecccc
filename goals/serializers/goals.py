"""Goals as the API shows and takes them."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.domain.money import minor_as_text, plain
from core.errors import RelatedNotFoundError
from core.hooks import debts_owed
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    CurrencyField,
    OwnedRelatedField,
    ShownDecimalField,
)
from goals.domain.progress import Progress, progress
from goals.models import Goal, Milestone
from goals.selectors.progress import Standing, standing_of
from transactions.models import Account


class DebtField(serializers.UUIDField):
    """The id of a debt of the same person; anything else answers 404."""

    def to_internal_value(self, data: Any) -> UUID:
        pk: UUID = super().to_internal_value(data)
        if pk not in debts_of(self.context):
            raise RelatedNotFoundError(
                f"There is no debt with the id {pk}.", details={"pointer": "/debt", "id": str(pk)}
            )
        return pk


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    saved = serializers.SerializerMethodField()

    class Meta:
        model = Milestone
        fields = ("percent", "reached_on", "saved")

    @extend_schema_field(ShownDecimalField())
    def get_saved(self, milestone: Milestone) -> str:
        return plain(milestone.saved, self.context["currency"])


class GoalSerializer(ContractModelSerializer):
    """What is saved and needed is derived; ``expected`` is the least that is on track today."""

    currency = CurrencyField(
        required=False, help_text="Left out, it is the account's or the debt's, else your base currency."
    )
    target_amount = AmountField(min_value=0)
    opening_amount = AmountField(min_value=0, required=False, help_text="Saved before.")
    account = OwnedRelatedField(queryset=Account.objects.all(), required=False, allow_null=True)
    debt = DebtField(
        source="debt_id", required=False, allow_null=True, help_text="The goal then follows this debt."
    )
    saved = serializers.SerializerMethodField()
    remaining = serializers.SerializerMethodField()
    expected = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField(help_text="Whole percent of the target, rounded down.")
    on_track = serializers.SerializerMethodField()
    months_left = serializers.SerializerMethodField(help_text="Month ends up to the target date.")
    needed_per_month = serializers.SerializerMethodField()
    milestones = serializers.SerializerMethodField()

    amounts = {"target_amount": "currency", "opening_amount": "currency"}

    class Meta:
        model = Goal
        fields = (
            "id", "kind", "name", "target_amount", "currency", "target_on", "opening_amount", "started_on",
            "priority", "is_primary", "status", "account", "debt", "saved", "remaining", "percent", "expected",
            "on_track", "months_left", "needed_per_month", "milestones", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "started_on", "created_at", "updated_at")
        # One primary goal a person: a new one takes the place of the one before.
        validators = ()

    @extend_schema_field(ShownDecimalField())
    def get_saved(self, goal: Any) -> str:
        return plain(self._standing(goal).saved, goal.currency)

    @extend_schema_field(ShownDecimalField())
    def get_remaining(self, goal: Any) -> str:
        return minor_as_text(self._progress(goal).remaining, goal.currency)

    @extend_schema_field(ShownDecimalField())
    def get_expected(self, goal: Any) -> str:
        return minor_as_text(self._progress(goal).expected, goal.currency)

    def get_percent(self, goal: Any) -> int:
        return self._progress(goal).percent

    def get_on_track(self, goal: Any) -> bool:
        return self._progress(goal).on_track

    def get_months_left(self, goal: Any) -> int:
        return self._progress(goal).months_left

    @extend_schema_field(ShownDecimalField())
    def get_needed_per_month(self, goal: Any) -> str:
        needed = max((each.amount for each in self._progress(goal).per_month), default=0)
        return minor_as_text(needed, goal.currency)

    @extend_schema_field(MilestoneSerializer(many=True))
    def get_milestones(self, goal: Any) -> list[dict[str, Any]]:
        context = {"currency": goal.currency}
        return [dict(MilestoneSerializer(each, context=context).data) for each in goal.noted]

    def validate(self, attrs: Any) -> Any:
        if self.instance is None:
            attrs.setdefault("currency", self._usual_currency(attrs))
        attrs = super().validate(attrs)
        if "debt_id" in attrs:
            attrs["debt"] = attrs.pop("debt_id")
        return attrs

    def _usual_currency(self, attrs: Any) -> str:
        of_debt = debts_of(self.context).get(attrs["debt_id"]) if attrs.get("debt_id") else None
        usual = attrs.get("account") or of_debt
        code: str = usual.currency if usual else self.context["view"].person.base_currency
        return code

    def _standing(self, goal: Any) -> Standing:
        # Debts are replayed once, however many goals a page shows, and only where one follows a debt.
        return standing_of(goal, debts_of(self.context) if goal.debt_id else {})

    def _progress(self, goal: Any) -> Progress:
        found: dict[Any, Progress] = self.context.setdefault("progress", {})  # type: ignore[attr-defined]
        if goal.pk not in found:
            found[goal.pk] = progress(self._standing(goal).facts, today=self.context["view"].today())
        return found[goal.pk]


def debts_of(context: Any) -> Any:
    """The debts of the person who asks, looked up once a request."""
    if "debts" not in context:
        view = context["view"]
        context["debts"] = debts_owed(view.person, today=view.today())
    return context["debts"]
