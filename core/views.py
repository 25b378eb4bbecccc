"""The base of every API view: ownership, scopes, idempotency, and mistakes named."""

from datetime import date
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from core import idempotency
from core.audit import Act
from core.hooks import Scope
from core.models import AuditEntry, IdempotencyRecord
from core.parameters import check_parameters
from core.throttling import rate_limit_headers


class AnsweredBefore(Exception):  # noqa: N818  (not an error: the first answer is given again)
    """The request repeats one that has been answered."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__()
        self.record = record


class ContractView(APIView):
    """What the API contract asks of every view.

    ``read_scope`` and ``write_scope`` name what a token must carry; None asks for none.
    """

    read_scope: ClassVar[Scope | None] = None
    write_scope: ClassVar[Scope | None] = None
    query_parameters: ClassVar[tuple[str, ...]] = ()
    _claimed: IdempotencyRecord | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST" or idempotency.HEADER not in request.headers:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response: Any = super().dispatch(request, *args, **kwargs)
            if response.status_code >= status.HTTP_500_INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
            elif self._claimed is not None:
                idempotency.keep_answer(self._claimed, response)
        return response

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        finally:
            # A stranger who is about to be refused counts as well.
            super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Done with the authentication."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_parameters(request, self)
        key = idempotency.requested_key(request) if request.method == "POST" else None
        if key is not None:
            record = idempotency.claim(request, key=key, now=timezone.now())
            if record.status_code is not None:
                raise AnsweredBefore(record)
            self._claimed = record

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, AnsweredBefore):
            body = idempotency.first_answer(exc.record)
            return Response(body, status=exc.record.status_code, headers={"Idempotency-Replayed": "true"})
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        figures = getattr(getattr(request, "_request", request), "rate_limit", None)
        if figures:
            for name, value in rate_limit_headers(*figures).items():
                response.headers[name] = value
        return response

    @property
    def person(self) -> Any:
        """Who is asking; views that need no token never ask for this."""
        return self.request.user

    def today(self) -> date:
        """The day of the person who is asking."""
        day: date = self.person.today(timezone.now())
        return day

    def act(self) -> Act:
        """Who is asking, for the audit trail."""
        return Act(actor_id=self.person.pk, via=AuditEntry.Via.API, at=timezone.now())


class OwnedViewSet(ContractView, GenericViewSet[Any]):
    """Resources of one person: whatever is not theirs does not exist.

    Subclasses give ``perform_create``, ``perform_update`` and ``perform_destroy``: one service call each.
    """

    ordering: ClassVar[tuple[str, ...]] = ("-created_at",)
    ordering_fields: ClassVar[tuple[str, ...]] = ("created_at",)
    filtered_actions: ClassVar[tuple[str, ...]] = ("list",)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        owned: QuerySet[Any] = super().get_queryset().for_user(self.person)  # type: ignore[attr-defined]
        return owned

    def validated(self) -> dict[str, Any]:
        """The request's body, checked by the view's serializer."""
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def represent(self, row: Any, *, http_status: int = status.HTTP_200_OK) -> Response:
        """A row as the API shows it, read anew so that derived figures are right."""
        serializer = self.get_serializer(self.get_queryset().get(pk=row.pk))
        return Response(serializer.data, status=http_status)


class ListMixin:
    def list(self: Any, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)  # type: ignore[no-any-return]


class RetrieveMixin:
    def retrieve(self: Any, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


class CreateMixin:
    def create(self: Any, request: Request) -> Response:
        row = self.perform_create(**self.validated())
        return self.represent(row, http_status=status.HTTP_201_CREATED)  # type: ignore[no-any-return]


class UpdateMixin:
    def update(self: Any, request: Request, pk: str, *, partial: bool = False) -> Response:
        row = self.get_object()
        # With the row: whether its currency can hold a new amount depends on both.
        serializer = self.get_serializer(row, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return self.represent(self.perform_update(row, **serializer.validated_data))  # type: ignore[no-any-return]

    def partial_update(self: Any, request: Request, pk: str) -> Response:
        return self.update(request, pk, partial=True)  # type: ignore[no-any-return]


class DestroyMixin:
    def destroy(self: Any, request: Request, pk: str) -> Response:
        self.perform_destroy(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnedModelViewSet(CreateMixin, RetrieveMixin, UpdateMixin, DestroyMixin, ListMixin, OwnedViewSet):
    """Create, read, change, delete and list."""
