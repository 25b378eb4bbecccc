"""Endpoints of imports."""

from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import OpenApiParameter, OpenApiRequest, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import parameter_error
from core.views import ListMixin, OwnedViewSet, RetrieveMixin
from ingest.models import StatementImport
from ingest.scopes import READ_IMPORTS, WRITE_IMPORTS
from ingest.selectors import staged_rows
from ingest.serializers import statements as serializers
from ingest.services import requests

if TYPE_CHECKING:
    from django.http import QueryDict

ROWS_A_PAGE = 500
AS_JSON = {"mapping": {"contentType": "application/json"}}


class StatementImportViewSet(RetrieveMixin, ListMixin, OwnedViewSet):
    """Bank statements on their way into the ledger."""

    queryset = StatementImport.objects.all()
    serializer_class = serializers.StatementImportSerializer
    read_scope = READ_IMPORTS
    write_scope = WRITE_IMPORTS
    ordering_fields = ("created_at",)

    @property
    def query_parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("after",) if self.action == "rows" else ()

    def get_parsers(self) -> list[BaseParser]:
        # The upload alone is a form; Django asks before the action is known.
        is_upload = self.request is not None and self.request.method == "POST" and "pk" not in self.kwargs
        return [MultiPartParser()] if is_upload else super().get_parsers()

    @extend_schema(
        request={
            "multipart/form-data": OpenApiRequest(serializers.StatementUploadSerializer, encoding=AS_JSON)
        },
        responses={202: serializers.StatementImportSerializer},
    )
    def create(self, request: Request) -> Response:
        """Send a statement; the answer is a job to watch until it has succeeded or failed."""
        upload = serializers.StatementUploadSerializer(
            data=_form(request), context=self.get_serializer_context()
        )
        upload.is_valid(raise_exception=True)
        statement = requests.request_import(self.person, act=self.act(), **upload.validated_data)
        return self.represent(statement, http_status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop an import that has not finished; nothing of it reaches the ledger."""
        return self.represent(requests.cancel_import(self.get_object(), act=self.act()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Start a failed or cancelled import again where it stopped."""
        return self.represent(requests.retry_import(self.get_object(), act=self.act()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take every row of the import out of the ledger again."""
        return self.represent(requests.undo_import(self.get_object(), act=self.act()))

    @extend_schema(
        parameters=[OpenApiParameter("after", int, description="How many rows to pass over; 0 if left out.")],
        responses=serializers.StagedRowsSerializer,
    )
    @action(detail=True, pagination_class=None)
    def rows(self, request: Request, pk: str) -> Response:
        """The rows of the file, 500 at a time, with what became (or on a dry run would become) of each."""
        found = staged_rows(self.get_object(), after=self._after(), limit=ROWS_A_PAGE)
        return Response(serializers.StagedRowsSerializer(found).data)

    def _after(self) -> int:
        raw = self.request.query_params.get("after", "0")
        if not (raw.isascii() and raw.isdigit() and len(raw) < 10):
            raise parameter_error("after", "Give a whole number, 0 or more.")
        return int(raw)


def _form(request: Request) -> dict[str, object]:
    """The form as a plain mapping, so that a field sent twice is the last one and none is made up."""
    form = cast("QueryDict", request.data)
    return {name: form.get(name) for name in form}
