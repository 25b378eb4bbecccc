"""Many rows in one request."""

from typing import Any

from rest_framework import serializers

from core.schema.responses import ERROR_CODES, ErrorItemSerializer
from core.serializers import ChoiceField, ContractSerializer, ListField
from transactions.serializers.rows import TransactionSerializer
from transactions.services.bulk import MAX_ROWS


class BulkRowSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="Which row of the request, from 0.")
    outcome = ChoiceField(
        choices=["created", "matched", "updated", "deleted", "duplicate", "error", "not_done"]
    )
    id = serializers.UUIDField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    error_code = ChoiceField(ERROR_CODES, allow_blank=True)
    errors = ErrorItemSerializer(many=True)  # type: ignore[assignment]


class BulkResultSerializer(serializers.Serializer[Any]):
    dry_run = serializers.BooleanField()
    counts = serializers.DictField(child=serializers.IntegerField())
    rows = BulkRowSerializer(many=True)


class BulkSerializer(ContractSerializer):
    """Rows are checked one by one, so that a bad one does not lose the others."""

    dry_run = serializers.BooleanField(default=False)
    atomic = serializers.BooleanField(default=False, help_text="All rows or none.")
    rows = ListField(child=serializers.DictField(), allow_empty=False, max_length=MAX_ROWS)


class BulkDeleteSerializer(ContractSerializer):
    dry_run = serializers.BooleanField(default=False)
    atomic = serializers.BooleanField(default=False, help_text="All rows or none.")
    rows = ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MAX_ROWS)


class BulkUpdateRowSerializer(TransactionSerializer):
    """A row of a bulk change: its id, and the fields to change."""

    id = serializers.UUIDField()

    class Meta(TransactionSerializer.Meta):
        read_only_fields = TransactionSerializer.Meta.read_only_fields[1:]  # type: ignore[assignment]


class BulkCreateRequestSerializer(BulkSerializer):
    rows = TransactionSerializer(many=True)  # type: ignore[assignment]


class BulkUpdateRequestSerializer(BulkSerializer):
    rows = BulkUpdateRowSerializer(many=True, partial=True)  # type: ignore[assignment]
