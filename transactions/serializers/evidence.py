"""What sources saw of a row, and what a person says about it."""

from typing import Any

from rest_framework import serializers

from core.serializers import AmountField, ContractModelSerializer, ContractSerializer, OwnedRelatedField
from transactions.models import Category, Sighting, Transaction
from transactions.serializers.rules import RuleRunSerializer, RuleSerializer


class SightingSerializer(ContractModelSerializer):
    amount = AmountField(read_only=True)
    reasons = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Why it was taken for this row."
    )
    score = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="How sure the match is, 60 to 100; null where none was made.",
    )

    amounts = {"amount": "currency"}

    class Meta:
        model = Sighting
        fields = (
            "id", "source", "channel", "external_id", "account", "date", "amount", "currency", "description",
            "status", "link", "score", "reasons", "import_id", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class MergeSerializer(ContractSerializer):
    other = OwnedRelatedField(
        queryset=Transaction.objects.all(),
        help_text="The row that is the same purchase; it leaves the ledger.",
    )


class SplitOffSerializer(ContractSerializer):
    sighting = OwnedRelatedField(queryset=Sighting.objects.all())


class AlwaysSerializer(ContractSerializer):
    category = OwnedRelatedField(queryset=Category.objects.all())


class AlwaysShownSerializer(serializers.Serializer[Any]):
    rule = RuleSerializer()
    run = RuleRunSerializer()


class RefundSerializer(ContractSerializer):
    purchase = OwnedRelatedField(
        queryset=Transaction.objects.all(),
        allow_null=True,
        help_text="The purchase that this row gives money back for; null takes them apart.",
    )
