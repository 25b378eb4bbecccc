"""Rows of the ledger in the API, their history and their sums."""

from collections.abc import Iterable, Sequence
from typing import Any

from rest_framework import serializers

from core.errors import field_error
from core.models import AuditEntry
from core.serializers import (
    AmountField,
    ChoiceField,
    ContractModelSerializer,
    ContractSerializer,
    CurrencyField,
    OwnedRelatedField,
    answer_serializer,
    drawn,
)
from transactions.domain.kinds import TransactionKind
from transactions.models import Account, Category, Merchant, Tag, Transaction
from transactions.selectors.rows import LedgerRow
from transactions.selectors.summary import Summary
from transactions.services.parts import PartFields


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
    kind = ChoiceField(choices=[kind.value for kind in TransactionKind], read_only=True)
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
    refund_of = OwnedRelatedField(
        read_only=True, allow_null=True, help_text="The purchase that this row gives money back for."
    )
    is_ignored = serializers.BooleanField(
        required=False, help_text="The row counts in no figure but the balance."
    )
    is_separate = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="This is another purchase than any that is there: make a row of its own.",
    )
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
            "base_amount", "base_currency", "rate_on", "kind", "description", "merchant", "merchant_name",
            "category", "category_name", "category_code", "category_source", "category_confidence",
            "category_reason", "notes", "tags", "splits", "transfer", "refund_of", "is_ignored", "status", "source",
            "external_id", "import_id", "deleted_at", "created_at", "updated_at", "is_separate",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = (
            "id", "rate_on", "category_source", "category_confidence", "category_reason", "source",
            "import_id", "deleted_at", "created_at", "updated_at",
        )  # fmt: skip
        validators = ()

    def validate(self, attrs: Any) -> Any:
        account = attrs.get("account") or getattr(self.instance, "account", None)
        own = getattr(self.instance, "currency", None)
        currency = attrs.get("currency") or own or (account.currency if account else None)
        if self.instance is None:
            attrs["currency"] = currency
        else:
            attrs.pop("is_separate", None)
        self._require_exact_parts(attrs.get("splits", ()), currency)
        amount = attrs.get("amount", getattr(self.instance, "amount", None))
        self.require_exact(amount, currency, field="amount")
        self.require_exact(attrs.get("account_amount"), account and account.currency, field="account_amount")
        if amount is not None and amount * attrs.get("account_amount", amount) < 0:
            raise field_error("account_amount", "Both amounts go the same way.", "wrong_sign")
        return attrs

    def to_representation(self, instance: LedgerRow) -> dict[str, object]:
        # Its fields are those above, which would look up the same of each row one by one.
        told: dict[str, object] = drawn(instance)
        return told

    def _require_exact_parts(self, parts: Sequence[PartFields], currency: str | None) -> None:
        mistakes = {}
        for place, part in enumerate(parts):
            try:
                self.require_exact(part["amount"], currency, field="amount")
            except serializers.ValidationError as exc:
                mistakes[str(place)] = exc.detail
        if mistakes:
            raise serializers.ValidationError({"splits": mistakes})


class AuditEntrySerializer(serializers.Serializer[Iterable[AuditEntry]]):
    at = serializers.DateTimeField()
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    via = serializers.ChoiceField(AuditEntry.Via.choices)
    action = serializers.ChoiceField(AuditEntry.Action.choices)
    changes = serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        help_text="Per field the value before and after; beside these, what brought the change, such as an `import`.",
    )
    request_id = serializers.CharField()


SummarySerializer = answer_serializer(Summary)
