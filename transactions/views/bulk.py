"""Many rows in one request."""

from collections.abc import Callable, Mapping
from functools import cached_property

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.views import OwnedViewSet
from transactions.domain.rules import RuleTerms
from transactions.serializers import bulk as bulks
from transactions.serializers import rows as shown
from transactions.services import bulk, entering, ledger, rules


class BulkActions(OwnedViewSet):
    """Adds to the rows' viewset what creates, changes and deletes up to 1,000 of them."""

    @extend_schema(request=bulks.BulkCreateRequestSerializer, responses={200: bulks.BulkResultSerializer})
    @action(detail=False, methods=["post"], url_path="bulk/create", serializer_class=bulks.BulkSerializer)
    def bulk_create(self, request: Request) -> Response:
        """Up to 1,000 new rows, each with an outcome of its own."""
        return self._in_bulk(self._create_one)

    @extend_schema(request=bulks.BulkUpdateRequestSerializer, responses={200: bulks.BulkResultSerializer})
    @action(detail=False, methods=["post"], url_path="bulk/update", serializer_class=bulks.BulkSerializer)
    def bulk_update(self, request: Request) -> Response:
        """Change up to 1,000 rows by id, each with an outcome of its own."""
        return self._in_bulk(self._update_one)

    @extend_schema(responses={200: bulks.BulkResultSerializer})
    @action(
        detail=False,
        methods=["post"],
        url_path="bulk/delete",
        serializer_class=bulks.BulkDeleteSerializer,
    )
    def bulk_delete(self, request: Request) -> Response:
        """Put up to 1,000 rows into the trash, each with an outcome of its own."""
        return self._in_bulk(self._delete_one)

    def _in_bulk(self, work: Callable[[bulk.Asked], bulk.Done]) -> Response:
        asked = self.validated()
        result = bulk.in_bulk(asked["rows"], work, dry_run=asked["dry_run"], atomic=asked["atomic"])
        return Response(bulks.BulkResultSerializer(result).data)

    @cached_property
    def _row_context(self) -> dict[str, object]:
        return {**self.get_serializer_context(), "related_rows": {}}

    @cached_property
    def _rules(self) -> list[RuleTerms]:
        return rules.active_rules(self.person)

    def _create_one(self, data: Mapping[str, object]) -> bulk.Done:
        serializer = shown.TransactionSerializer(data=data, context=self._row_context)
        serializer.is_valid(raise_exception=True)
        row, is_new = entering.enter_transaction(
            self.person, act=self.act(), rules=self._rules, **serializer.validated_data
        )
        return row, bulk.RowOutcome.CREATED if is_new else bulk.RowOutcome.MATCHED

    def _update_one(self, data: Mapping[str, object]) -> bulk.Done:
        row = bulk.own_row(self.get_queryset(), data.get("id"))
        serializer = bulks.BulkUpdateRowSerializer(row, data=data, partial=True, context=self._row_context)
        serializer.is_valid(raise_exception=True)
        fields = {name: value for name, value in serializer.validated_data.items() if name != "id"}
        return ledger.update_transaction(row, act=self.act(), **fields), bulk.RowOutcome.UPDATED

    def _delete_one(self, pk: object) -> bulk.Done:
        row = bulk.own_row(self.get_queryset(), pk, pointer="")
        ledger.trash_transaction(row, act=self.act())
        return row, bulk.RowOutcome.DELETED
