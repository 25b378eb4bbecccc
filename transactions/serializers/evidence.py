"""What sources saw of a row, and what a person says about it."""

from collections.abc import Mapping

from rest_framework import serializers

from core.serializers import (
    AmountField,
    ChoiceField,
    ContractModelSerializer,
    ContractSerializer,
    CurrencyField,
    DayField,
    ListField,
    OwnedRelatedField,
)
from transactions.models import Account, Category, Sighting, Transaction
from transactions.serializers.rules import RuleRunSerializer, RuleSerializer

OBSERVERS = [
    choice
    for choice in Transaction.Source.choices
    if choice[0] in {Transaction.Source.EMAIL, Transaction.Source.RECEIPT}
]


class SightingSerializer(ContractModelSerializer):
    amount = AmountField(read_only=True)
    reasons = ListField(
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
            "id", "transaction", "source", "channel", "external_id", "account", "date", "amount", "currency",
            "description", "status", "link", "score", "reasons", "import_id", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: Sighting) -> dict[str, object]:
        shown: dict[str, object] = super().to_representation(instance)
        own = "" if instance.account_id is None else f"{instance.account_id.hex}:"
        return shown | {"external_id": instance.external_id.removeprefix(own)}


class ObservationSerializer(ContractSerializer):
    """What a source tells of a purchase."""

    source = ChoiceField(choices=OBSERVERS)  # type: ignore[assignment]
    external_id = serializers.CharField(
        max_length=128, help_text="How the source knows it; the same id again is the same telling."
    )
    account = OwnedRelatedField(
        queryset=Account.objects.all(),
        required=False,
        allow_null=True,
        help_text="Left out where it is not known.",
    )
    date = DayField()
    time = serializers.TimeField(required=False, allow_null=True)
    amount = AmountField(help_text="Outflow is negative.")
    currency = CurrencyField()
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    status = ChoiceField(
        choices=Transaction.Status.choices, required=False, default=Transaction.Status.POSTED.value
    )

    amounts = {"amount": "currency"}


class MergeSerializer(ContractSerializer):
    other = OwnedRelatedField(
        queryset=Transaction.objects.all(),
        help_text="The row that is the same purchase; it leaves the ledger.",
    )


class SplitOffSerializer(ContractSerializer):
    sighting = OwnedRelatedField(queryset=Sighting.objects.all())


class AlwaysSerializer(ContractSerializer):
    category = OwnedRelatedField(queryset=Category.objects.all())


class AlwaysShownSerializer(serializers.Serializer[Mapping[str, object]]):
    rule = RuleSerializer()
    run = RuleRunSerializer()


class RefundSerializer(ContractSerializer):
    purchase = OwnedRelatedField(
        queryset=Transaction.objects.all(),
        allow_null=True,
        help_text="The purchase that this row gives money back for; null takes them apart.",
    )
