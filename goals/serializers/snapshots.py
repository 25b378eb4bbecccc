"""Snapshots as the API shows them."""

from rest_framework import serializers

from core.serializers import ContractModelSerializer, ListField, answer_serializer
from goals.models import Snapshot
from goals.selectors.answers import HeldBalance


class SnapshotSerializer(ContractModelSerializer):
    """Income and spending are totals over so many full ``months`` before."""

    accounts = answer_serializer(HeldBalance)(source="answer.accounts", many=True, read_only=True)
    owed = answer_serializer(HeldBalance)(source="answer.debts", many=True, read_only=True)
    left_out = ListField(
        source="answer.left_out",
        child=serializers.CharField(),
        read_only=True,
        help_text="Without a rate to the currency.",
    )

    amounts = dict.fromkeys(("income", "spending", "assets", "debts", "net_worth"), "currency")

    class Meta:
        model = Snapshot
        fields = (
            "id", "on", "currency", "months", "income", "spending", "assets", "debts", "net_worth", "savings_rate",
            "months_of_runway", "debt_to_income", "accounts", "owed", "left_out", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields
