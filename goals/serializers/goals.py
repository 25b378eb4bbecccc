"""Goals as the API shows and takes them."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.domain.money import minor_as_text, plain
from core.errors import RelatedNotFoundError
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    CurrencyField,
    OwnedRelatedField,
    PlainDecimalField,
    answer_serializer,
    drawn,
)
from goals.domain.progress import progress
from goals.models import Goal
from goals.selectors.answers import Milestone
from goals.selectors.progress import MeasuredGoal, milestones_of, standing_of
from transactions.models import Account

AMOUNT = PlainDecimalField(max_digits=None, decimal_places=None)

# What the fields of a request have become.
Fields = dict[str, Any]


class DebtField(serializers.UUIDField):
    """The id of a debt of the same person; anything else answers 404."""

    def to_internal_value(self, data: UUID | str | int) -> UUID:
        pk: UUID = super().to_internal_value(data)
        if pk not in self.context["view"].debts:
            raise RelatedNotFoundError(
                f"There is no debt with the id {pk}.", details={"pointer": "/debt", "id": str(pk)}
            )
        return pk


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

    @extend_schema_field(AMOUNT)
    def get_saved(self, goal: Goal) -> str:
        return plain(self._standing.saved, goal.currency)

    @extend_schema_field(AMOUNT)
    def get_remaining(self, goal: Goal) -> str:
        return minor_as_text(self._progress.remaining, goal.currency)

    @extend_schema_field(AMOUNT)
    def get_expected(self, goal: Goal) -> str:
        return minor_as_text(self._progress.expected, goal.currency)

    def get_percent(self, _goal: Goal) -> int:
        return self._progress.percent

    def get_on_track(self, _goal: Goal) -> bool:
        return self._progress.on_track

    def get_months_left(self, _goal: Goal) -> int:
        return self._progress.months_left

    @extend_schema_field(AMOUNT)
    def get_needed_per_month(self, goal: Goal) -> str:
        needed = max((each.amount for each in self._progress.per_month), default=0)
        return minor_as_text(needed, goal.currency)

    @extend_schema_field(answer_serializer(Milestone)(many=True))
    def get_milestones(self, goal: MeasuredGoal) -> object:
        return drawn(milestones_of(goal))

    def to_representation(self, instance: MeasuredGoal) -> dict[str, object]:
        view = self.context["view"]
        # Debts are replayed once, however many goals a page shows, and only where one follows a debt.
        self._standing = standing_of(instance, view.debts if instance.debt_id else {})
        self._progress = progress(self._standing.facts, today=view.today())
        shown: dict[str, object] = super().to_representation(instance)
        return shown

    def validate(self, attrs: Fields) -> Fields:
        if self.instance is None:
            attrs.setdefault("currency", self._usual_currency(attrs))
        checked: Fields = super().validate(attrs)
        if "debt_id" in checked:
            checked["debt"] = checked.pop("debt_id")
        return checked

    def _usual_currency(self, attrs: Fields) -> object:
        view, debt_id = self.context["view"], attrs.get("debt_id")
        usual = attrs.get("account") or (view.debts[debt_id] if debt_id else None)
        return usual.currency if usual else view.person.base_currency
