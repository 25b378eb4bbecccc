"""What sources outside tell of purchases."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from core.views import ListMixin, OwnedViewSet, RetrieveMixin
from transactions import filters
from transactions.models import Sighting
from transactions.serializers import evidence as shown
from transactions.services import observing
from transactions.views.resources import LedgerScopes


class SightingViewSet(LedgerScopes, RetrieveMixin, ListMixin, OwnedViewSet):
    """Tellings of purchases by e-mails, receipts, statements and people, each on the row that it is of."""

    queryset = Sighting.objects.all()
    serializer_class = shown.SightingSerializer
    filterset_class = filters.SightingFilter
    ordering_fields = ("date", "created_at")

    @extend_schema(
        request=shown.ObservationSerializer,
        responses={200: shown.SightingSerializer, 201: shown.SightingSerializer},
    )
    def create(self, request: Request) -> Response:
        """Tell of a purchase: it joins the row that it is of or makes one; 200 where it was told before.

        What the person deleted stays deleted: the sighting is then of the row in the trash.
        """
        asked = shown.ObservationSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        sighting, is_new = observing.observe(self.person, act=self.act(), **asked.validated_data)
        http_status = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return self.represent(sighting, http_status=http_status)
