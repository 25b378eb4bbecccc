"""Many rows in one request."""

from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from transactions.domain.rules import RuleTerms
from transactions.serializers import bulk as bulks
from transactions.serializers import rows as shown
from transactions.services import bulk, entering, rules


class BulkActions:
    """Adds to the rows' viewset what creates, changes and deletes up to 1,000 of them."""

    @extend_schema(request=bulks.BulkCreateRequestSerializer, responses={200: bulks.BulkResultSerializer})
    @action(detail=False, methods=["post"], url_path="bulk/create", serializer_class=bulks.BulkSerializer)
    def bulk_create(self: Any, request: Request) -> Response:
        """Up to 1,000 new rows, each with an outcome of its own."""
        return self._in_bulk(self._create_one)  # type: ignore[no-any-return]

    @extend_schema(request=bulks.BulkUpdateRequestSerializer, responses={200: bulks.BulkResultSerializer})
    @action(detail=False, methods=["post"], url_path="bulk/update", serializer_class=bulks.BulkSerializer)
    def bulk_update(self: Any, request: Request) -> Response:
        """Change up to 1,000 rows by id, each with an outcome of its own."""
        return self._in_bulk(self._update_one)  # type: ignore[no-any-return]

    @extend_schema(responses={200: bulks.BulkResultSerializer})
    @action(
        detail=False,
        methods=["post"],
        url_path="bulk/delete",
        serializer_class=bulks.BulkDeleteSerializer,
    )
    def bulk_delete(self: Any, request: Request) -> Response:
        """Put up to 1,000 rows into the trash, each with an outcome of its own."""
        return self._in_bulk(self._delete_one)  # type: ignore[no-any-return]

    def _in_bulk(self: Any, work: Any) -> Response:
        asked = self.validated()
        outcomes = bulk.in_bulk(asked["rows"], work, dry_run=asked["dry_run"], atomic=asked["atomic"])
        result = bulk.BulkResult(dry_run=asked["dry_run"], rows=outcomes)
        return Response(bulks.BulkResultSerializer(result).data)

    @cached_property
    def _row_context(self: Any) -> dict[str, Any]:
        return {**self.get_serializer_context(), "related_rows": {}}

    @cached_property
    def _rules(self: Any) -> list[RuleTerms]:
        return rules.active_rules(self.person)

    def _create_one(self: Any, data: Any) -> bulk.Done:
        serializer = shown.TransactionSerializer(data=data, context=self._row_context)
        serializer.is_valid(raise_exception=True)
        row, is_new = entering.enter_transaction(
            self.person, act=self.act(), rules=self._rules, **serializer.validated_data
        )
        return row, "created" if is_new else "matched"

    def _update_one(self: Any, data: Any) -> bulk.Done:
        row = bulk.own_row(self.get_queryset(), data.get("id"))
        serializer = bulks.BulkUpdateRowSerializer(row, data=data, partial=True, context=self._row_context)
        serializer.is_valid(raise_exception=True)
        fields = {name: value for name, value in serializer.validated_data.items() if name != "id"}
        return self.perform_update(row, **fields), "updated"

    def _delete_one(self: Any, pk: Any) -> bulk.Done:
        row = bulk.own_row(self.get_queryset(), pk, pointer="")
        self.perform_destroy(row)
        return row, "deleted"
