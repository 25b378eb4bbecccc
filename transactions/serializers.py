"""What the ledger looks like in the API."""

from typing import Any

from rest_framework import serializers

from core.domain.money import plain
from core.errors import field_error
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    ContractSerializer,
    CurrencyField,
    OwnedRelatedField,
)
from transactions.domain.kinds import TransactionKind
from transactions.models import Account, Category, Merchant, Tag, Transaction, Transfer
from transactions.services.bulk import MAX_ROWS


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

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(instance) | {"name": instance.label}


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


class TagSerializer(ContractModelSerializer):
    class Meta:
        model = Tag
        fields = ("id", "name", "created_at", "updated_at")
        read_only_fields = ("id", "created_at", "updated_at")


class SplitSerializer(ContractSerializer):
    amount = AmountField()
    category = OwnedRelatedField(queryset=Category.objects.all())
    notes = serializers.CharField(max_length=200, required=False, allow_blank=True)


class TransactionSerializer(ContractModelSerializer):
    account = OwnedRelatedField(queryset=Account.objects.all())
    amount = AmountField(help_text="Outflow is negative.")
    currency = CurrencyField(required=False, help_text="The account's, unless you paid in another.")
    account_amount = AmountField(
        required=False,
        help_text="What the bank booked, where the row is in another currency than the account.",
    )
    account_currency = serializers.CharField(source="account.currency", read_only=True)
    base_amount = AmountField(read_only=True, allow_null=True)
    base_currency = serializers.CharField(source="user.base_currency", read_only=True)
    kind = serializers.ChoiceField(choices=[kind.value for kind in TransactionKind], read_only=True)
    merchant = OwnedRelatedField(queryset=Merchant.objects.all(), required=False, allow_null=True)
    merchant_name = serializers.CharField(source="merchant.name", read_only=True, allow_null=True)
    category = OwnedRelatedField(
        queryset=Category.objects.all(), required=False, help_text="Left out: found by the categoriser."
    )
    category_name = serializers.CharField(source="category.label", read_only=True)
    category_code = serializers.CharField(
        source="category.code", read_only=True, help_text="The same for everybody; empty for your own ones."
    )
    tags = OwnedRelatedField(queryset=Tag.objects.all(), many=True, required=False)
    splits = SplitSerializer(many=True, required=False, help_text="Parts that add up to the amount.")
    transfer = OwnedRelatedField(read_only=True, allow_null=True)
    external_id = serializers.CharField(
        max_length=128,
        required=False,
        allow_null=True,
        help_text="Your own id: a second row with it is refused.",
    )

    amounts = {"amount": "currency", "account_amount": "account_currency", "base_amount": "base_currency"}

    class Meta:
        model = Transaction
        fields = (
            "id", "account", "date", "time", "amount", "currency", "account_amount", "account_currency",
            "base_amount", "base_currency", "rate_date", "kind", "description", "merchant", "merchant_name",
            "category", "category_name", "category_code", "category_source", "category_confidence",
            "category_reason", "notes", "tags", "splits", "transfer", "status", "source", "external_id",
            "import_id", "deleted_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = (
            "id", "rate_date", "category_source", "category_confidence", "category_reason", "source",
            "import_id", "deleted_at", "created_at", "updated_at",
        )  # fmt: skip
        validators: tuple[Any, ...] = ()

    def validate(self, attrs: Any) -> Any:
        account = attrs.get("account") or getattr(self.instance, "account", None)
        own = getattr(self.instance, "currency", None)
        currency = attrs.get("currency") or own or (account.currency if account else None)
        if self.instance is None:
            attrs["currency"] = currency
        for part in attrs.get("splits", ()):
            self.require_exact(part["amount"], currency, field="splits")
        amount = attrs.get("amount", getattr(self.instance, "amount", None))
        self.require_exact(amount, currency, field="amount")
        self.require_exact(attrs.get("account_amount"), account and account.currency, field="account_amount")
        if amount is not None and amount * attrs.get("account_amount", amount) < 0:
            raise field_error("account_amount", "Both amounts go the same way.", "wrong_sign")
        return attrs


class TransferSerializer(ContractModelSerializer):
    outflow = OwnedRelatedField(queryset=Transaction.objects.all(), write_only=True)
    inflow = OwnedRelatedField(queryset=Transaction.objects.all(), write_only=True)

    class Meta:
        model = Transfer
        fields = ("id", "outflow", "inflow", "created_at")
        read_only_fields = ("id", "created_at")

    def to_representation(self, instance: Any) -> Any:
        rows = sorted(instance.transactions.all(), key=lambda row: row.amount)
        shown = super().to_representation(instance)
        return {
            "id": shown["id"],
            "outflow": str(rows[0].pk),
            "inflow": str(rows[-1].pk),
            "created_at": shown["created_at"],
        }


class TransferShownSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    outflow = serializers.UUIDField()
    inflow = serializers.UUIDField()
    created_at = serializers.DateTimeField()


class AuditEntrySerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    via = serializers.CharField()
    action = serializers.CharField()
    changes = serializers.DictField(help_text="Per field the value before and after.")
    request_id = serializers.CharField()


class SummaryLineSerializer(serializers.Serializer[Any]):
    key = serializers.DictField(child=serializers.CharField(allow_null=True))
    labels = serializers.DictField(child=serializers.CharField(allow_null=True))
    income = serializers.CharField()
    spent = serializers.CharField(help_text="Positive where more went out than came back.")
    net = serializers.CharField()
    count = serializers.IntegerField()


class SummarySerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    income = serializers.CharField()
    spent = serializers.CharField()
    net = serializers.CharField()
    unconverted = serializers.IntegerField(help_text="Rows left out: no rate to your base currency.")
    lines = SummaryLineSerializer(many=True)

    def to_representation(self, instance: Any) -> Any:
        code = self.context["currency"]
        lines = [
            {
                "key": line.key,
                "labels": line.labels,
                "income": plain(line.income, code),
                "spent": plain(line.spent, code),
                "net": plain(line.net, code),
                "count": line.count,
            }
            for line in instance.lines
        ]
        return {
            "currency": code,
            "income": plain(instance.income, code),
            "spent": plain(instance.spent, code),
            "net": plain(instance.income - instance.spent, code),
            "unconverted": instance.unconverted,
            "lines": lines,
        }


class OutcomeSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="Which row of the request, from 0.")
    outcome = serializers.ChoiceField(
        choices=["created", "updated", "deleted", "duplicate", "error", "not_done"]
    )
    id = serializers.UUIDField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    error_code = serializers.CharField(allow_blank=True)
    errors = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))  # type: ignore[assignment]


class BulkResultSerializer(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField()
    counts = serializers.DictField(child=serializers.IntegerField())
    rows = OutcomeSerializer(many=True)


class BulkSerializer(ContractSerializer):
    """Rows are checked one by one, so that a bad one does not lose the others."""

    dry_run = serializers.BooleanField(default=False)
    atomic = serializers.BooleanField(default=False, help_text="All rows or none.")
    rows = serializers.ListField(child=serializers.DictField(), allow_empty=False, max_length=MAX_ROWS)


class BulkDeleteSerializer(ContractSerializer):
    dry_run = serializers.BooleanField(default=False)
    atomic = serializers.BooleanField(default=False, help_text="All rows or none.")
    rows = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MAX_ROWS)


class BulkUpdateRowSerializer(TransactionSerializer):
    """A row of a bulk change: its id, and the fields to change."""

    id = serializers.UUIDField()

    class Meta(TransactionSerializer.Meta):
        read_only_fields = TransactionSerializer.Meta.read_only_fields[1:]  # type: ignore[assignment]


class BulkCreateRequestSerializer(BulkSerializer):
    rows = TransactionSerializer(many=True)  # type: ignore[assignment]


class BulkUpdateRequestSerializer(BulkSerializer):
    rows = BulkUpdateRowSerializer(many=True, partial=True)  # type: ignore[assignment]
