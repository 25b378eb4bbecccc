"""Rules in the API."""

from rest_framework import serializers

from core.serializers import (
    AmountField,
    AnswerSerializer,
    ContractModelSerializer,
    ContractSerializer,
    ListField,
    OwnedRelatedField,
)
from transactions.models import Account, Category, Merchant, Rule, RuleRun, Tag
from transactions.services.rule_runs import RowChange, RulePreview


class RuleSerializer(ContractModelSerializer):
    merchant = OwnedRelatedField(queryset=Merchant.objects.all(), required=False, allow_null=True)
    account = OwnedRelatedField(queryset=Account.objects.all(), required=False, allow_null=True)
    amount_min = AmountField(required=False, allow_null=True, min_value=0, help_text="Without a sign.")
    amount_max = AmountField(required=False, allow_null=True, min_value=0)
    set_category = OwnedRelatedField(queryset=Category.objects.all(), required=False, allow_null=True)
    set_merchant = OwnedRelatedField(queryset=Merchant.objects.all(), required=False, allow_null=True)
    add_tags = OwnedRelatedField(queryset=Tag.objects.all(), many=True, required=False)

    class Meta:
        model = Rule
        fields = (
            "id", "name", "position", "is_active", "text", "pattern", "merchant", "account", "amount_min",
            "amount_max", "direction", "set_category", "set_merchant", "set_notes", "add_tags", "is_transfer",
            "is_ignored", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")
        validators = ()

    def to_representation(self, instance: Rule) -> dict[str, object]:
        shown: dict[str, object] = super().to_representation(instance)
        for name in ("amount_min", "amount_max"):
            amount = getattr(instance, name)
            shown[name] = None if amount is None else f"{amount.normalize():f}"
        return shown


class RulePreviewRequestSerializer(RuleSerializer):
    """A rule to be tried: as for saving one, the name may be left out."""

    name = serializers.CharField(max_length=100, required=False, default="This rule")


class RowChangeSerializer(AnswerSerializer):
    changes = serializers.DictField(
        child=ListField(child=serializers.JSONField(allow_null=True)),
        help_text="Per field the value before and after, and which rules say so.",
    )

    class Meta:
        dataclass = RowChange


class RulePreviewSerializer(AnswerSerializer):
    preview = RowChangeSerializer(many=True)

    class Meta:
        dataclass = RulePreview


class ApplyRulesSerializer(ContractSerializer):
    rule = OwnedRelatedField(
        queryset=Rule.objects.all(),
        required=False,
        allow_null=True,
        help_text="All that are on, if left out.",
    )
    dry_run = serializers.BooleanField(required=False, default=False)


class RuleRunSerializer(ContractModelSerializer):
    percent = serializers.IntegerField(read_only=True)
    preview = RowChangeSerializer(many=True, read_only=True)

    class Meta:
        model = RuleRun
        fields = (
            "id", "rule", "dry_run", "status", "percent", "error", "rows_changed", "preview", "created_at",
            "started_at", "finished_at",
        )  # fmt: skip
        read_only_fields = fields
