"""Many rows in one request."""

from rest_framework import serializers

from core.schema.responses import ERROR_CODES, ErrorItemSerializer
from core.serializers import AnswerSerializer, ChoiceField, ContractSerializer, ListField
from transactions.serializers.rows import TransactionSerializer
from transactions.services.bulk import MAX_ROWS, BulkResult, BulkRow


class BulkRowSerializer(AnswerSerializer):
    error_code = ChoiceField(ERROR_CODES, allow_blank=True)
    errors = ErrorItemSerializer(many=True)  # type: ignore[assignment]  # the name is the contract's

    class Meta:
        dataclass = BulkRow


class BulkResultSerializer(AnswerSerializer):
    rows = BulkRowSerializer(many=True)

    class Meta:
        dataclass = BulkResult


class BulkModesSerializer(ContractSerializer):
    dry_run = serializers.BooleanField(default=False)
    atomic = serializers.BooleanField(default=False, help_text="All rows or none.")


class BulkSerializer(BulkModesSerializer):
    """Rows are checked one by one, so that a bad one does not lose the others."""

    rows = ListField(child=serializers.DictField(), allow_empty=False, max_length=MAX_ROWS)


class BulkDeleteSerializer(BulkModesSerializer):
    rows = ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MAX_ROWS)


class BulkUpdateRowSerializer(TransactionSerializer):
    """A row of a bulk change: its id, and the fields to change."""

    id = serializers.UUIDField()

    class Meta(TransactionSerializer.Meta):
        read_only_fields = TransactionSerializer.Meta.read_only_fields[1:]


class BulkCreateRequestSerializer(BulkModesSerializer):
    rows = TransactionSerializer(many=True)


class BulkUpdateRequestSerializer(BulkModesSerializer):
    rows = BulkUpdateRowSerializer(many=True, partial=True)
