"""What comes round, in the API."""

from rest_framework import serializers

from core.serializers import (
    AmountField,
    ContractModelSerializer,
    DayField,
    ListField,
    OwnedRelatedField,
    ShownDecimalField,
)
from transactions.models import RecurringSeries


class PriceChangeSerializer(serializers.Serializer[object]):
    on = DayField()
    before = ShownDecimalField()
    after = ShownDecimalField()


class RecurringSeriesSerializer(ContractModelSerializer):
    merchant = OwnedRelatedField(read_only=True, allow_null=True)
    expected = AmountField(read_only=True, help_text="The amount to expect; outflow is negative.")
    spread = AmountField(read_only=True, help_text="How far off such a forecast was in the median.")
    price_changes = PriceChangeSerializer(many=True, read_only=True)
    missed = ListField(child=DayField(), read_only=True)
    reasons = ListField(child=serializers.CharField(), read_only=True)

    amounts = {"expected": "currency", "spread": "currency"}

    class Meta:
        model = RecurringSeries
        fields = (
            "id", "name", "status", "kind", "period", "merchant", "currency", "expected", "spread", "first_on",
            "last_on", "next_on", "tolerance_days", "price_changes", "missed", "is_ended", "confidence", "reasons",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = tuple(name for name in fields if name not in {"name", "status"})


class RecurringCountSerializer(serializers.Serializer[object]):
    series = serializers.IntegerField(help_text="How many there are now, rejected ones left out.")
