"""Rows of the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Unpack, cast

from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import parameter_error
from core.feeds import ChangesMixin, changes_schema
from core.models import AuditEntry
from core.negotiation import OneRepresentation
from core.schema import pages
from core.views import (
    OwnedModelViewSet,
    OwnedViewSet,
)
from transactions import filters
from transactions.models import Account, Transaction
from transactions.selectors.export import csv_lines
from transactions.selectors.rows import Columns, ledger_rows, rows_to_show
from transactions.selectors.summary import DIMENSIONS, summary
from transactions.serializers import rows
from transactions.services import entering, ledger
from transactions.views.bulk import BulkActions
from transactions.views.evidence import EvidenceActions
from transactions.views.resources import LedgerScopes
from users.models import User

GROUP_BY = OpenApiParameter(
    "group_by",
    pages.separated(DIMENSIONS, maxItems=2)["schema"],
    style="form",
    explode=False,
    description="One or two, separated by a comma; `category` if left out.",
)


@extend_schema_view(changes=changes_schema(rows.TransactionSerializer))
class TransactionViewSet(BulkActions, EvidenceActions, ChangesMixin, LedgerScopes, OwnedModelViewSet):
    """Rows of the ledger."""

    queryset = Transaction.objects.all()
    serializer_class = rows.TransactionSerializer
    filterset_class = filters.TransactionFilter
    ordering = ("-date",)
    ordering_fields = ("date", "amount", "created_at")
    filtered_actions = ("list", "summary", "export", "trash")

    def get_queryset(self) -> QuerySet[Transaction]:
        rows = Transaction.objects.for_user(self.person)
        if self.action == "trash":
            return rows.trashed()
        if self.action in {"retrieve", "restore", "history"}:
            return rows
        return rows.live()

    @property
    def query_parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        own = {
            "summary": ("group_by",),
            "trash": ("limit", "cursor", "ordering"),
            "changes": ("since", "limit"),
        }
        return own.get(self.action, ())

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(rows_to_show(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response(_drawn(page or [], self.person))

    def shown(self, row: Model) -> object:
        rows_shown = rows_to_show(Transaction.objects.for_user(self.person).filter(pk=row.pk))
        return _drawn(rows_shown, self.person)[0]

    def retrieve(self, request: Request, pk: str) -> Response:
        return self.represent(self.get_object())

    def shown_changes(self, rows: QuerySet[Model]) -> Sequence[Mapping[str, object]]:
        return _drawn(rows_to_show(cast("QuerySet[Transaction]", rows)), self.person)

    @extend_schema(responses={200: rows.TransactionSerializer, 201: rows.TransactionSerializer})
    def create(self, request: Request) -> Response:
        """Enter a row: 201 for a new one, 200 where it joins one that a machine brought before."""
        row, is_new = entering.enter_transaction(self.person, act=self.act(), **self.validated())
        return self.represent(row, http_status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    def perform_update(self, row: Transaction, **fields: Unpack[ledger.RowChanges]) -> Transaction:
        return ledger.update_transaction(row, act=self.act(), **fields)

    def perform_destroy(self, row: Transaction) -> None:
        ledger.trash_transaction(row, act=self.act())

    @extend_schema(responses=rows.TransactionSerializer(many=True))
    @action(detail=False, pagination_class=OwnedViewSet.pagination_class)
    def trash(self, request: Request) -> Response:
        """Deleted rows that can be restored."""
        return self.list(request)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Bring a row back from the trash."""
        return self.represent(ledger.restore_transaction(self.get_object(), act=self.act()))

    @extend_schema(responses=rows.AuditEntrySerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def history(self, request: Request, pk: str) -> Response:
        """Who changed the row, when, and what; the oldest first."""
        entries = (
            AuditEntry.objects.for_user(self.person).filter(object_id=self.get_object().pk).order_by("id")
        )
        return Response(rows.AuditEntrySerializer(entries, many=True).data)

    @extend_schema(parameters=[GROUP_BY], responses=rows.SummarySerializer)
    @action(detail=False, pagination_class=None)
    def summary(self, request: Request) -> Response:
        """What was earned and spent, in your base currency; transfers count as neither."""
        found = summary(
            self.filter_queryset(self.get_queryset()),
            group_by=self._dimensions(),
            currency=self.person.base_currency,
            counted=filters.counted_categories(request.query_params),
            locale=self.person.locale,
        )
        return Response(rows.SummarySerializer(found).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    @action(
        detail=False,
        url_path=r"export\.csv",
        pagination_class=None,
        content_negotiation_class=OneRepresentation,
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        """The rows as CSV; text that a spreadsheet would run as a formula is made harmless."""
        names = dict(Account.objects.for_user(self.person).values_list("pk", "name"))
        lines = csv_lines(self.filter_queryset(self.get_queryset()), user=self.person, account_names=names)
        headers = {"Content-Disposition": 'attachment; filename="transactions.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    def _dimensions(self) -> Sequence[str]:
        asked = [name.strip() for name in self.request.query_params.get("group_by", "category").split(",")]
        if not 1 <= len(set(asked)) == len(asked) <= 2 or not set(asked) <= set(DIMENSIONS):
            raise parameter_error("group_by", f"Give one or two different of: {', '.join(DIMENSIONS)}.")
        return asked


def _drawn(page: Iterable[Columns], person: User) -> list[Mapping[str, object]]:
    return list(rows.TransactionSerializer(ledger_rows(page, user=person), many=True).data)
