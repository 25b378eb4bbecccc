"""Feeds of changes: what a client needs to keep its own copy of a list true."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.changes import changes_since
from core.pagination import ContractPagination
from core.schema import pages
from core.views import OwnedViewSet

Described = TypeVar("Described", bound=Callable[..., object])

SINCE = OpenApiParameter("since", str, description="The `next` of the answer before; left out: everything.")
LIMIT = OpenApiParameter("limit", pages.LIMIT, description="At most so many changes.")


class TombstoneSerializer(serializers.Serializer[Mapping[str, object]]):
    id = serializers.UUIDField()
    deleted_at = serializers.DateTimeField()


def changes_schema(
    serializer: type[serializers.BaseSerializer[object]],
) -> Callable[[Described], Described]:
    """Describes the action ``changes`` of a viewset that shows its rows by this serializer."""
    name = serializer.__name__.removesuffix("Serializer")
    shown = inline_serializer(
        f"{name}Changes",
        {
            "created": serializer(many=True),
            "updated": serializer(many=True),
            "deleted": TombstoneSerializer(many=True),
            "next": serializers.CharField(help_text="Send it as `since` the next time."),
            "has_more": serializers.BooleanField(help_text="More can be had at once."),
        },
    )
    return extend_schema(parameters=[SINCE, LIMIT], responses=shown)


class ChangesMixin(OwnedViewSet):
    """Adds ``changes`` to a viewset: what was created, changed and deleted, in pages.

    It stands before the viewset that it is mixed into. The audit trail is what it reads: every service that makes,
    changes or removes such a row records that, and so does whoever takes rows along in a cascade. ``follows`` is that
    of ``changes_since``.
    """

    # The action turns filters off, which a viewset can only where it knows of them.
    filterset_class: ClassVar[type[FilterSet] | None] = None
    follows: ClassVar[Mapping[str, str]] = {}

    def shown_changes(self, rows: QuerySet[Model]) -> Sequence[Mapping[str, object]]:
        """The rows as the list shows them."""
        shown: Sequence[Mapping[str, object]] = self.get_serializer(rows, many=True).data
        return shown

    @action(detail=False, pagination_class=None, filterset_class=None)
    def changes(self, request: Request) -> Response:
        """Rows created, changed and deleted since a token; the same change may come twice."""
        rows = self.get_queryset()
        limit = ContractPagination().get_page_size(request)
        page = changes_since(
            rows,
            user=self.person,
            since=request.query_params.get("since"),
            limit=limit,
            follows=self.follows,
        )
        touched = rows.filter(pk__in=[*page.created, *page.updated])
        found = {str(row["id"]): row for row in self.shown_changes(touched)}
        return Response(
            {
                "created": [found[str(pk)] for pk in page.created if str(pk) in found],
                "updated": [found[str(pk)] for pk in page.updated if str(pk) in found],
                "deleted": [{"id": str(pk), "deleted_at": at} for pk, at in page.deleted.items()],
                "next": page.next,
                "has_more": page.has_more,
            }
        )
