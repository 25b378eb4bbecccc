"""The base of every API view: ownership, scopes, one transaction, and mistakes named."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, cast

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from core import conditional, idempotency
from core.audit import Act
from core.errors import StandingRefusal
from core.hooks import Scope
from core.models import AuditEntry, OwnedQuerySet, RowT
from core.parameters import check_parameters
from core.parsers import not_read
from core.people import Person
from core.scopes import SAFE_METHODS
from core.throttling import RATE_LIMIT, rate_limit_headers

WITH_BODY = {"POST", "PUT", "PATCH"}
CONDITIONAL = {"PUT", "PATCH", "DELETE"}

Keep = Callable[[HttpResponseBase], None]


def nothing_to_keep(_response: HttpResponseBase) -> None:
    """The answer will not be asked for again."""


class ContractView(APIView):
    """What the API contract asks of every view.

    ``read_scope`` and ``write_scope`` name what a token must carry; None asks for none. What a request changes and
    the drawing of its answer are one transaction: a refusal, a crash, or an answer that cannot be drawn leaves
    nothing behind. What only calculates says so in ``writes``, and keeps nobody from writing meanwhile.
    """

    read_scope: ClassVar[Scope | None] = None
    write_scope: ClassVar[Scope | None] = None
    query_parameters: ClassVar[tuple[str, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.args, self.kwargs = args, kwargs
        self.request = self.initialize_request(request, *args, **kwargs)
        try:
            self.initial(self.request, *args, **kwargs)
            self._receive()
            key = idempotency.requested_key(self.request)
            return self._answer() if key is None else self._answer_once(key)
        except Exception as exc:  # noqa: BLE001  (every error has the contract's shape)
            return self._drawn(self.handle_exception(exc))

    def writes(self) -> bool:
        """Whether this request may change anything."""
        return self.request.method not in SAFE_METHODS

    def hold(self) -> None:
        """Keep others from changing what the address shows, until the transaction ends.

        In the order of the services, so that no two wait for each other: the person, then rows.
        """
        self.hold_person()

    def hold_person(self) -> None:
        people = type(self.person)._default_manager  # noqa: SLF001  (Django's documented model API)
        self.request.user = get_object_or_404(people.select_for_update(no_key=True), pk=self.person.pk)

    def address_of(self, row: Model) -> str:
        """Where a row of this kind is read."""
        return reverse(f"{row._meta.model_name}-detail", kwargs={"pk": row.pk})  # noqa: SLF001

    def made(self, row: Model, shown: object, *, http_status: int = status.HTTP_201_CREATED) -> Response:
        """The answer to what made a row, or set a job going (202), with its address."""
        return Response(shown, status=http_status, headers={"Location": self.address_of(row)})

    def _receive(self) -> None:
        # To its end, before a transaction begins: who sends slowly must not hold it open.
        if self.request.method in WITH_BODY and self._handler() != self.http_method_not_allowed:
            try:
                self.request.data  # noqa: B018
            except UnsupportedMediaType as exc:
                raise not_read(self.request.content_type, self.get_parsers()) from exc

    def _answer_once(self, key: str) -> HttpResponseBase:
        found = idempotency.claim(self.request, key=key, clock=timezone.now)
        if isinstance(found, idempotency.FirstAnswer):
            return self._drawn(found.response())
        with found as claim:
            return self._answer(claim.keep)

    def _answer(self, keep: Keep = nothing_to_keep) -> HttpResponseBase:
        if not self.writes():
            response = self._work()
            keep(response)
            return response
        with transaction.atomic():
            self._require_seen()
            try:
                response = self._work()
            except StandingRefusal as refusal:
                return self._drawn(self.handle_exception(refusal))
            if response.status_code >= status.HTTP_400_BAD_REQUEST:
                transaction.set_rollback(True)
            keep(response)
        return response

    def _handler(self) -> Callable[..., HttpResponseBase]:
        method = str(self.request.method).lower()
        known = method if method in self.http_method_names else ""
        handler: Callable[..., HttpResponseBase] = getattr(self, known, self.http_method_not_allowed)
        return handler

    def _work(self) -> HttpResponseBase:
        response = self._drawn(self._handler()(self.request, *self.args, **self.kwargs))
        if self.request.method in SAFE_METHODS:
            return conditional.unless_known(self.request, conditional.tagged(response))
        # A PUT has none: its ETag would say that the body was kept as it was sent (RFC 9110, section 9.3.4).
        return conditional.tagged(response) if self.request.method == "PATCH" else response

    def _require_seen(self) -> None:
        shown = getattr(self, "get", None)
        if shown and self.request.method in CONDITIONAL and conditional.is_conditional(self.request):
            self.hold()
            current = self._drawn(shown(self.request, *self.args, **self.kwargs))
            conditional.require_seen(self.request, current)

    def _drawn(self, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with its headers, rendered: what fails here fails before anything is kept."""
        self.headers = self.default_response_headers
        # Named too narrowly by its types: pictures are answers too.
        finished: HttpResponseBase = self.finalize_response(
            self.request, cast("Response", response), *self.args, **self.kwargs
        )
        figures = self.request.META.get(RATE_LIMIT)
        for name, value in rate_limit_headers(*figures).items() if figures else ():
            finished.headers[name] = value
        return finished.render() if isinstance(finished, Response) else finished

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        finally:
            # A stranger who is about to be refused counts as well.
            super().check_throttles(request)

    def check_throttles(self, request: Request) -> None:
        """Done with the authentication."""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        check_parameters(request, self)

    @property
    def person(self) -> Person:
        """Who is asking; views that need no token never ask for this."""
        return cast("Person", self.request.user)

    def today(self) -> date:
        """The day of the person who is asking."""
        return self.person.today(timezone.now())

    def act(self) -> Act:
        """Who is asking, for the audit trail."""
        return Act(actor_id=self.person.pk, via=AuditEntry.Via.API, at=timezone.now())


class OwnedViewSet(ContractView, GenericViewSet[RowT]):
    """Resources of one person: whatever is not theirs does not exist.

    Subclasses give ``perform_create``, ``perform_update`` and ``perform_destroy``: one service call each.
    """

    ordering: ClassVar[tuple[str, ...]] = ("-created_at",)
    ordering_fields: ClassVar[tuple[str, ...]] = ("created_at",)
    filtered_actions: ClassVar[tuple[str, ...]] = ("list",)

    perform_create: Callable[..., RowT]
    perform_update: Callable[..., RowT]
    perform_destroy: Callable[..., object]

    def get_queryset(self) -> QuerySet[RowT]:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        return cast("OwnedQuerySet[RowT]", super().get_queryset()).for_user(self.person)

    def validated(self) -> dict[str, Any]:
        """The request's body, checked by the view's serializer."""
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def hold(self) -> None:
        super().hold()
        self.hold_row()

    def hold_row(self) -> None:
        # Without the view's own joins and sums, which cannot be locked.
        rows = self.get_queryset().model._default_manager.filter(user_id=self.person.pk)  # noqa: SLF001
        get_object_or_404(rows.select_for_update(of=("self",)), pk=self.kwargs["pk"])

    def shown(self, row: Model) -> object:
        """A row as the API shows it, read anew so that derived figures are right."""
        return self.get_serializer(self.get_queryset().get(pk=row.pk)).data

    def represent(self, row: Model, *, http_status: int = status.HTTP_200_OK) -> Response:
        """The answer that shows a row; of one that was made or set going, with its address."""
        shown = self.shown(row)
        return (
            Response(shown)
            if http_status == status.HTTP_200_OK
            else self.made(row, shown, http_status=http_status)
        )


class ListMixin(OwnedViewSet[RowT]):
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class RetrieveMixin(OwnedViewSet[RowT]):
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


class CreateMixin(OwnedViewSet[RowT]):
    def create(self, request: Request) -> Response:
        row = self.perform_create(**self.validated())
        return self.represent(row, http_status=status.HTTP_201_CREATED)


class UpdateMixin(OwnedViewSet[RowT]):
    def update(self, request: Request, pk: str, *, partial: bool = False) -> Response:
        row = self.get_object()
        # With the row: whether its currency can hold a new amount depends on both.
        serializer = self.get_serializer(row, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return self.represent(self.perform_update(row, **serializer.validated_data))

    def partial_update(self, request: Request, pk: str) -> Response:
        return self.update(request, pk, partial=True)


class DestroyMixin(OwnedViewSet[RowT]):
    def destroy(self, request: Request, pk: str) -> Response:
        self.perform_destroy(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnedModelViewSet(
    CreateMixin[RowT], RetrieveMixin[RowT], UpdateMixin[RowT], DestroyMixin[RowT], ListMixin[RowT]
):
    """Create, read, change, delete and list."""
