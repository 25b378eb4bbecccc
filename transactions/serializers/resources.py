"""Accounts, categories, merchants, tags and transfers in the API."""

from typing import Any

from rest_framework import serializers

from core.serializers import (
    AmountField,
    ContractModelSerializer,
    CurrencyField,
    OwnedRelatedField,
    answer_serializer,
)
from transactions.models import Account, Category, Merchant, Reconciliation, Tag, Transaction, Transfer
from transactions.selectors.legs import SuggestedTransfer
from transactions.selectors.names import category_label, merchant_names


class AccountSerializer(ContractModelSerializer):
    currency = CurrencyField()
    opening_balance = AmountField(required=False)
    balance = AmountField(read_only=True, help_text="Opening balance and posted rows.")
    pending = AmountField(read_only=True, help_text="Rows the bank has not booked yet.")

    amounts = {"opening_balance": "currency", "balance": "currency", "pending": "currency"}

    class Meta:
        model = Account
        fields = (
            "id", "name", "kind", "currency", "opening_balance", "balance", "pending", "number", "institution",
            "is_closed", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")

    def validate(self, attrs: Any) -> Any:
        present = getattr(self.instance, "opening_balance", None)
        currency = attrs.get("currency") or getattr(self.instance, "currency", None)
        self.require_exact(attrs.get("opening_balance", present), currency, field="opening_balance")
        return attrs


class CategorySerializer(ContractModelSerializer):
    code = serializers.CharField(
        read_only=True, help_text="Names a shipped category for good; empty for your own."
    )
    name = serializers.CharField(max_length=60)
    parent = OwnedRelatedField(  # type: ignore[assignment]
        queryset=Category.objects.all(), required=False, allow_null=True
    )
    essential = serializers.BooleanField(required=False)
    is_hidden = serializers.BooleanField(required=False)

    class Meta:
        model = Category
        fields = (
            "id", "code", "name", "parent", "group", "essential", "priority", "is_hidden", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "code", "created_at", "updated_at")

    def to_representation(self, instance: Category) -> dict[str, object]:
        locale = self.context["request"].user.locale
        told: dict[str, object] = super().to_representation(instance)
        return told | {"name": category_label(instance, locale=locale)}


class MerchantSerializer(ContractModelSerializer):
    category = OwnedRelatedField(
        queryset=Category.objects.all(),
        required=False,
        allow_null=True,
        help_text="What you taught: rows of this merchant get this category from now on.",
    )

    class Meta:
        model = Merchant
        fields = ("id", "key", "name", "category", "created_at", "updated_at")
        read_only_fields = ("id", "key", "created_at", "updated_at")

    def to_representation(self, instance: Merchant) -> dict[str, object]:
        shown = merchant_names(self.context["request"].user.locale)
        told: dict[str, object] = super().to_representation(instance)
        return told | {"name": shown.get(instance.name, instance.name)}


class TagSerializer(ContractModelSerializer):
    class Meta:
        model = Tag
        fields = ("id", "name", "created_at", "updated_at")
        read_only_fields = ("id", "created_at", "updated_at")


class TransferSerializer(ContractModelSerializer):
    outflow = OwnedRelatedField(queryset=Transaction.objects.all())
    inflow = OwnedRelatedField(queryset=Transaction.objects.all())

    class Meta:
        model = Transfer
        fields = ("id", "outflow", "inflow", "created_at")
        read_only_fields = ("id", "created_at")


SuggestedTransferSerializer = answer_serializer(SuggestedTransfer)


class ReconciliationSerializer(ContractModelSerializer):
    account = OwnedRelatedField(queryset=Account.objects.all())
    statement_balance = AmountField(help_text="What the statement says at the end of the day.")
    ledger_balance = AmountField(read_only=True, help_text="Opening balance and rows booked by then.")
    pending = AmountField(read_only=True, help_text="Rows by then that the bank has not booked.")
    difference = AmountField(read_only=True, help_text="What the ledger lacks; nothing where they agree.")
    currency = serializers.CharField(source="account.currency", read_only=True)

    amounts = {
        "statement_balance": "currency",
        "ledger_balance": "currency",
        "pending": "currency",
        "difference": "currency",
    }

    class Meta:
        model = Reconciliation
        fields = (
            "id", "account", "on", "currency", "statement_balance", "ledger_balance", "pending", "difference",
            "notes", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "created_at", "updated_at")
        validators = ()

    def validate(self, attrs: Any) -> Any:
        account = attrs.get("account") or getattr(self.instance, "account", None)
        present = getattr(self.instance, "statement_balance", None)
        currency = account and account.currency
        self.require_exact(attrs.get("statement_balance", present), currency, field="statement_balance")
        return attrs
