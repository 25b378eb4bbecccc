"""What comes round: bills, subscriptions, pay."""

from typing import Unpack

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.views import ListMixin, OwnedViewSet, RetrieveMixin, UpdateMixin
from transactions import filters
from transactions.models import RecurringSeries
from transactions.serializers import recurring as shown
from transactions.services import recurring
from transactions.views.resources import LedgerScopes


class RecurringSeriesViewSet(LedgerScopes, RetrieveMixin, UpdateMixin, ListMixin, OwnedViewSet):
    """Bills, subscriptions and pay, found in your history: after every import, every night, and when you ask.

    Say `confirmed` or `rejected` by `status`. The rows of one are at `/transactions?recurring=`.
    """

    queryset = RecurringSeries.objects.all()
    serializer_class = shown.RecurringSeriesSerializer
    filterset_class = filters.RecurringSeriesFilter
    ordering = ("name",)
    ordering_fields = ("name", "last_on", "expected", "created_at")

    def perform_update(
        self, row: RecurringSeries, **fields: Unpack[recurring.SeriesFields]
    ) -> RecurringSeries:
        return recurring.judge_series(row, act=self.act(), **fields)

    @extend_schema(request=None, responses=shown.RecurringCountSerializer)
    @action(detail=False, methods=["post"])
    def find(self, request: Request) -> Response:
        """Look through your whole history now."""
        found = recurring.refresh_recurring(self.person, act=self.act(), today=self.today())
        return Response({"series": found})
