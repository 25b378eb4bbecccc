"""Pages of a list, by cursor."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from core.errors import parameter_error

DEFAULT_LIMIT = 50
MAX_LIMIT = 500


class ContractPagination(CursorPagination):
    """``limit`` from 1 to 500 and an opaque ``cursor``; the order comes from the view's ordering filter."""

    page_size = DEFAULT_LIMIT
    page_size_query_param = "limit"
    max_page_size = MAX_LIMIT
    ordering = ("-created_at", "-id")
    # How many rows may share one position, such as a day, before a page could no longer be told from the next.
    offset_cutoff = 1_000_000

    def get_page_size(self, request: Request) -> int:
        raw = request.query_params.get("limit")
        if raw is None:
            return DEFAULT_LIMIT
        if not (raw.isascii() and raw.isdigit() and len(raw) < 10 and 1 <= int(raw) <= MAX_LIMIT):
            raise parameter_error("limit", f"Give a whole number from 1 to {MAX_LIMIT}.")
        return int(raw)

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except DjangoValidationError as exc:
            raise _foreign_cursor() from exc

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor = super().decode_cursor(request)
        except NotFound as exc:
            raise _foreign_cursor() from exc
        if cursor is not None and "\0" in str(cursor.position):
            raise _foreign_cursor()
        return cursor


def _foreign_cursor() -> ValidationError:
    return parameter_error("cursor", "This cursor was not made by this list.")
