"""How a person stands, over time."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.negotiation import OneRepresentation
from core.views import ListMixin, OwnedViewSet, RetrieveMixin
from goals import filters
from goals.models import Snapshot
from goals.selectors.finances import net_worth_picture
from goals.serializers.snapshots import SnapshotSerializer
from goals.services.snapshots import take_snapshot
from goals.views.goals import GoalScopes


class SnapshotViewSet(GoalScopes, RetrieveMixin, ListMixin, OwnedViewSet):
    """Income, spending, assets and debts of a day; taken on the first of your month, and when you ask."""

    queryset = Snapshot.objects.all()
    serializer_class = SnapshotSerializer
    filterset_class = filters.SnapshotFilter
    ordering = ("-on",)
    ordering_fields = ("on", "net_worth", "created_at")

    @extend_schema(request=None, responses={200: SnapshotSerializer, 201: SnapshotSerializer})
    def create(self, request: Request) -> Response:
        """Take today's snapshot; another of the same day takes the place of the first (200)."""
        made, is_new = take_snapshot(self.person, act=self.act(), today=self.today())
        return self.represent(made, http_status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(responses={(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)})
    @action(
        detail=False,
        url_path=r"net-worth\.svg",
        pagination_class=None,
        filterset_class=None,
        content_negotiation_class=OneRepresentation,
    )
    def net_worth(self, request: Request) -> HttpResponse:
        """The net worth of your snapshots in your base currency, at most the latest 120, as a line."""
        return HttpResponse(net_worth_picture(self.person), content_type="image/svg+xml")
