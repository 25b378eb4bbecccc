"""The ledger's endpoints: each one call."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import field_error
from core.models import AuditEntry
from core.negotiation import OneRepresentation
from core.scopes import Scope
from core.views import (
    CreateMixin,
    DestroyMixin,
    ListMixin,
    OwnedModelViewSet,
    OwnedViewSet,
    RetrieveMixin,
)
from transactions import filters, serializers
from transactions.models import Account, Category, Merchant, Tag, Transaction, Transfer
from transactions.selectors.accounts import accounts_with_balances
from transactions.selectors.export import csv_lines
from transactions.selectors.rows import rows_to_show, shown_rows
from transactions.selectors.summary import DIMENSIONS, summary
from transactions.services import accounts, bulk, categories, ledger, merchants, transfers


class LedgerScopes:
    read_scope: ClassVar[Scope | None] = Scope.READ_TRANSACTIONS
    write_scope: ClassVar[Scope | None] = Scope.WRITE_TRANSACTIONS


class AccountViewSet(LedgerScopes, OwnedModelViewSet):
    """Accounts; balances are derived from their rows."""

    queryset = accounts_with_balances()
    serializer_class = serializers.AccountSerializer
    filterset_class = filters.AccountFilter
    ordering = ("name",)
    ordering_fields = ("name", "created_at")

    def perform_create(self, **fields: Any) -> Account:
        return accounts.open_account(self.person, act=self.act(), **fields)

    def perform_update(self, row: Account, **fields: Any) -> Account:
        return accounts.update_account(row, act=self.act(), **fields)

    def perform_destroy(self, row: Account) -> None:
        accounts.delete_account(row, act=self.act())


class CategoryViewSet(LedgerScopes, OwnedModelViewSet):
    """The category tree: shipped ones, renamed or hidden at will, and your own."""

    queryset = Category.objects.all()
    serializer_class = serializers.CategorySerializer
    filterset_class = filters.CategoryFilter
    ordering = ("position",)
    ordering_fields = ("position", "created_at")

    def perform_create(self, **fields: Any) -> Category:
        return categories.create_category(self.person, act=self.act(), **fields)

    def perform_update(self, row: Category, **fields: Any) -> Category:
        return categories.update_category(row, act=self.act(), **fields)

    def perform_destroy(self, row: Category) -> None:
        categories.delete_category(row, act=self.act())


class MerchantViewSet(LedgerScopes, OwnedModelViewSet):
    """Merchants, and the categories you taught for them."""

    queryset = Merchant.objects.all()
    serializer_class = serializers.MerchantSerializer
    filterset_class = filters.MerchantFilter
    ordering = ("name",)
    ordering_fields = ("name", "created_at")

    def perform_create(self, **fields: Any) -> Merchant:
        return merchants.create_merchant(self.person, act=self.act(), **fields)

    def perform_update(self, row: Merchant, **fields: Any) -> Merchant:
        return merchants.update_merchant(row, act=self.act(), **fields)

    def perform_destroy(self, row: Merchant) -> None:
        merchants.delete_merchant(row, act=self.act())


class TagViewSet(LedgerScopes, OwnedModelViewSet):
    """Your own words for rows."""

    queryset = Tag.objects.all()
    serializer_class = serializers.TagSerializer
    ordering = ("name",)
    ordering_fields = ("name", "created_at")

    def perform_create(self, **fields: Any) -> Tag:
        return merchants.create_tag(self.person, act=self.act(), **fields)

    def perform_update(self, row: Tag, **fields: Any) -> Tag:
        return merchants.update_tag(row, act=self.act(), **fields)

    def perform_destroy(self, row: Tag) -> None:
        merchants.delete_tag(row, act=self.act())


class TransferViewSet(LedgerScopes, CreateMixin, RetrieveMixin, DestroyMixin, ListMixin, OwnedViewSet):
    """Pairs of rows that move money between your own accounts."""

    queryset = Transfer.objects.prefetch_related("transactions")
    serializer_class = serializers.TransferSerializer

    def perform_create(self, **fields: Any) -> Transfer:
        return transfers.link_transfer(self.person, act=self.act(), **fields)

    def perform_destroy(self, row: Transfer) -> None:
        transfers.unlink_transfer(row, act=self.act())


GROUP_BY = OpenApiParameter(
    "group_by",
    str,
    description=f"One or two of {', '.join(DIMENSIONS)}, separated by a comma; `category` if left out.",
)


class TransactionViewSet(LedgerScopes, OwnedModelViewSet):
    """Rows of the ledger."""

    queryset = Transaction.objects.all()
    serializer_class = serializers.TransactionSerializer
    filterset_class = filters.TransactionFilter
    ordering = ("-date",)
    ordering_fields = ("date", "amount", "created_at")
    filtered_actions = ("list", "summary", "export", "trash")

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        if self.action == "trash":
            return rows.trashed()  # type: ignore[no-any-return]
        if self.action in {"retrieve", "restore", "history"}:
            return rows  # type: ignore[no-any-return]
        return rows.live()  # type: ignore[no-any-return]

    @property
    def query_parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        return {"summary": ("group_by",), "trash": ("limit", "cursor", "ordering")}.get(self.action, ())

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(rows_to_show(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response(shown_rows(page or []))

    def represent(self, row: Any, *, http_status: int = 200) -> Response:
        shown = rows_to_show(Transaction.objects.for_user(self.person).filter(pk=row.pk))
        return Response(shown_rows(shown)[0], status=http_status)

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.represent(self.get_object())

    def perform_create(self, **fields: Any) -> Transaction:
        return ledger.record_transaction(self.person, act=self.act(), **fields)

    def perform_update(self, row: Transaction, **fields: Any) -> Transaction:
        return ledger.update_transaction(row, act=self.act(), **fields)

    def perform_destroy(self, row: Transaction) -> None:
        ledger.trash_transaction(row, act=self.act())

    @extend_schema(responses=serializers.TransactionSerializer(many=True))
    @action(detail=False, pagination_class=OwnedViewSet.pagination_class)
    def trash(self, request: Request) -> Response:
        """Deleted rows that can be restored."""
        return self.list(request)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Bring a row back from the trash."""
        return self.represent(ledger.restore_transaction(self.get_object(), act=self.act()))

    @extend_schema(responses=serializers.AuditEntrySerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def history(self, request: Request, pk: str) -> Response:
        """Who changed the row, when, and what; the oldest first."""
        entries = (
            AuditEntry.objects.for_user(self.person).filter(object_id=self.get_object().pk).order_by("id")
        )
        return Response(serializers.AuditEntrySerializer(entries, many=True).data)

    @extend_schema(parameters=[GROUP_BY], responses=serializers.SummarySerializer)
    @action(detail=False, pagination_class=None)
    def summary(self, request: Request) -> Response:
        """What was earned and spent, in your base currency; transfers count as neither."""
        found = summary(
            self.filter_queryset(self.get_queryset()),
            group_by=self._dimensions(),
            counted=filters.counted_categories(request.query_params),
        )
        currency = self.person.base_currency
        return Response(serializers.SummarySerializer(found, context={"currency": currency}).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    @action(
        detail=False,
        url_path=r"export\.csv",
        pagination_class=None,
        content_negotiation_class=OneRepresentation,
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        """The rows as CSV; text that a spreadsheet would run as a formula is made harmless."""
        names = {
            str(pk): name for pk, name in Account.objects.for_user(self.person).values_list("pk", "name")
        }
        lines = csv_lines(self.filter_queryset(self.get_queryset()), account_names=names)
        headers = {"Content-Disposition": 'attachment; filename="transactions.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    @extend_schema(
        request=serializers.BulkCreateRequestSerializer, responses={200: serializers.BulkResultSerializer}
    )
    @action(
        detail=False, methods=["post"], url_path="bulk/create", serializer_class=serializers.BulkSerializer
    )
    def bulk_create(self, request: Request) -> Response:
        """Up to 1,000 new rows, each with an outcome of its own."""
        return self._in_bulk(self._create_one, done="created")

    @extend_schema(
        request=serializers.BulkUpdateRequestSerializer, responses={200: serializers.BulkResultSerializer}
    )
    @action(
        detail=False, methods=["post"], url_path="bulk/update", serializer_class=serializers.BulkSerializer
    )
    def bulk_update(self, request: Request) -> Response:
        """Change up to 1,000 rows by id, each with an outcome of its own."""
        return self._in_bulk(self._update_one, done="updated")

    @extend_schema(responses={200: serializers.BulkResultSerializer})
    @action(
        detail=False,
        methods=["post"],
        url_path="bulk/delete",
        serializer_class=serializers.BulkDeleteSerializer,
    )
    def bulk_delete(self, request: Request) -> Response:
        """Put up to 1,000 rows into the trash, each with an outcome of its own."""
        return self._in_bulk(self._delete_one, done="deleted")

    def _in_bulk(self, work: Any, *, done: str) -> Response:
        asked = self.validated()
        outcomes = bulk.in_bulk(
            asked["rows"], work, done=done, dry_run=asked["dry_run"], atomic=asked["atomic"]
        )
        shown = bulk.BulkResult(dry_run=asked["dry_run"], rows=outcomes)
        return Response(serializers.BulkResultSerializer(shown).data)

    @cached_property
    def _row_context(self) -> dict[str, Any]:
        return {**self.get_serializer_context(), "related_rows": {}}

    def _create_one(self, data: Any) -> Transaction:
        serializer = serializers.TransactionSerializer(data=data, context=self._row_context)
        serializer.is_valid(raise_exception=True)
        return self.perform_create(**serializer.validated_data)

    def _update_one(self, data: Any) -> Transaction:
        row = bulk.own_row(self.get_queryset(), data.get("id"))
        serializer = serializers.BulkUpdateRowSerializer(
            row, data=data, partial=True, context=self._row_context
        )
        serializer.is_valid(raise_exception=True)
        fields = {name: value for name, value in serializer.validated_data.items() if name != "id"}
        return self.perform_update(row, **fields)

    def _delete_one(self, pk: Any) -> Transaction:
        row = bulk.own_row(self.get_queryset(), pk, pointer="")
        self.perform_destroy(row)
        return row

    def _dimensions(self) -> Sequence[str]:
        asked = [name.strip() for name in self.request.query_params.get("group_by", "category").split(",")]
        if not 1 <= len(set(asked)) == len(asked) <= 2 or not set(asked) <= set(DIMENSIONS):
            raise field_error("group_by", f"Give one or two different of: {', '.join(DIMENSIONS)}.")
        return asked
