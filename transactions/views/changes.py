"""What has changed since a client looked last."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.changes import changes_since
from core.pagination import ContractPagination
from core.schema import pages

SINCE = OpenApiParameter("since", str, description="The `next` of the answer before; left out: everything.")
LIMIT = OpenApiParameter("limit", pages.LIMIT, description="At most so many changes.")


class TombstoneSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    deleted_at = serializers.DateTimeField()


def changes_schema(serializer: type[serializers.Serializer[Any]]) -> Any:
    """Documents the action ``changes`` for what a viewset shows."""
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


class ChangesMixin:
    """Adds ``changes`` to a viewset: what was created, changed and deleted, in pages."""

    def shown_changes(self: Any, rows: Any) -> list[dict[str, Any]]:
        return list(self.get_serializer(rows, many=True).data)

    @action(detail=False, pagination_class=None, filterset_class=None)
    def changes(self: Any, request: Request) -> Response:
        """Rows created, changed and deleted since a token; the same change may come twice."""
        rows = self.get_queryset()
        limit = ContractPagination().get_page_size(request)
        page = changes_since(rows, user=self.person, since=request.query_params.get("since"), limit=limit)
        found = {
            row["id"]: row for row in self.shown_changes(rows.filter(pk__in=[*page.created, *page.updated]))
        }
        return Response(
            {
                "created": [found[str(pk)] for pk in page.created if str(pk) in found],
                "updated": [found[str(pk)] for pk in page.updated if str(pk) in found],
                "deleted": [{"id": str(pk), "deleted_at": at} for pk, at in page.deleted.items()],
                "next": page.next,
                "has_more": page.has_more,
            }
        )
