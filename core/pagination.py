"""Pages of a list, by cursor."""

from collections.abc import Sequence

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from core.errors import parameter_error
from core.filters import ContractOrdering
from core.keyset import Row, order_of, position_of, rows_after

DEFAULT_LIMIT = 50
MAX_LIMIT = 500


class ContractPagination(CursorPagination):
    """``limit`` from 1 to 500 and an opaque ``cursor``, in the view's order.

    A cursor is the place of the first or last row of a page, and the direction to go from there. It is signed for
    the list and its order: one that was made up, or by another list, is a mistake of the parameter ``cursor``.
    """

    page_size_query_param = "limit"

    def get_page_size(self, request: Request) -> int:
        raw = request.query_params.get("limit")
        if raw is None:
            return DEFAULT_LIMIT
        if not (raw.isascii() and raw.isdigit() and len(raw) < 10 and 1 <= int(raw) <= MAX_LIMIT):
            raise parameter_error("limit", f"Give a whole number from 1 to {MAX_LIMIT}.")
        return int(raw)

    def paginate_queryset(
        self, queryset: QuerySet[Model, Row] | Sequence[Row], request: Request, view: APIView | None = None
    ) -> list[Row]:
        if not isinstance(queryset, QuerySet):
            raise TypeError("Pages are read from the database.")
        limit = self.get_page_size(request)
        ordering = ContractOrdering().get_ordering(request, queryset, view)
        self._address = request.build_absolute_uri()
        self._signer = Signer(
            sep=".",
            salt=f"cursor:{queryset.model._meta.label_lower}:{','.join(ordering)}",  # noqa: SLF001
        )
        backwards, position = self._place(request)
        self._order = order_of(queryset, ordering)
        order = [term.turned() for term in self._order] if backwards else self._order
        rows = list(rows_after(queryset, order, position)[: limit + 1])
        self._page: Sequence[object] = rows[:limit][::-1] if backwards else rows[:limit]
        there_is_more, came_from_a_row = len(rows) > limit, position is not None
        self._has_next = came_from_a_row if backwards else there_is_more
        self._has_previous = there_is_more if backwards else came_from_a_row
        return list(self._page)

    def get_next_link(self) -> str | None:
        return self._link(-1, backwards=False) if self._has_next else None

    def get_previous_link(self) -> str | None:
        return self._link(0, backwards=True) if self._has_previous else None

    def _link(self, row: int, *, backwards: bool) -> str:
        # From an empty page, whose neighbours have been deleted meanwhile, one goes on at the list's other end.
        position = position_of(self._page[row], self._order) if self._page else None
        return replace_query_param(self._address, "cursor", self._signer.sign_object([backwards, position]))

    def _place(self, request: Request) -> tuple[bool, Sequence[str | None] | None]:
        cursor = request.query_params.get("cursor")
        if cursor is None:
            return False, None
        try:
            backwards, position = self._signer.unsign_object(cursor)
        except BadSignature as exc:
            raise parameter_error("cursor", "This cursor was not made by this list.") from exc
        return backwards, position
