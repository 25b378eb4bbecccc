"""What sources saw of a row, and what a person says about it."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.views import OwnedViewSet
from transactions.models import Sighting
from transactions.serializers import evidence as shown
from transactions.serializers import rows
from transactions.services import linking, merging, rule_runs


class EvidenceActions(OwnedViewSet):
    """Adds to the rows' viewset what decides which purchase a row is."""

    @extend_schema(responses=shown.SightingSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def evidence(self, request: Request, pk: str) -> Response:
        """Everything that was seen of this purchase: by whom, when, and why it was taken for this row."""
        seen = Sighting.objects.for_user(self.person).filter(transaction=self.get_object()).order_by("pk")
        context = self.get_serializer_context()
        return Response(shown.SightingSerializer(seen, many=True, context=context).data)

    @extend_schema(request=shown.MergeSerializer, responses=rows.TransactionSerializer)
    @action(detail=True, methods=["post"], serializer_class=shown.MergeSerializer)
    def merge(self, request: Request, pk: str) -> Response:
        """Say that another row is the same purchase: it leaves the ledger, its evidence comes here."""
        kept = merging.merge_transactions(self.get_object(), act=self.act(), **self.validated())
        return self.represent(kept)

    @extend_schema(request=shown.SplitOffSerializer, responses=rows.TransactionSerializer)
    @action(detail=True, methods=["post"], url_path="split-off", serializer_class=shown.SplitOffSerializer)
    def split_off(self, request: Request, pk: str) -> Response:
        """Say that a sighting is another purchase; the answer is its own row."""
        own = merging.split_off(self.get_object(), act=self.act(), **self.validated())
        return self.represent(own)

    @extend_schema(request=shown.AlwaysSerializer, responses={201: shown.AlwaysShownSerializer})
    @action(detail=True, methods=["post"], serializer_class=shown.AlwaysSerializer)
    def always(self, request: Request, pk: str) -> Response:
        """Make a rule of a correction: rows like this one get this category, those of the past too."""
        rule, run = rule_runs.always(self.get_object(), act=self.act(), **self.validated())
        made = shown.AlwaysShownSerializer({"rule": rule, "run": run}, context=self.get_serializer_context())
        return self.made(rule, made.data)

    @extend_schema(request=shown.RefundSerializer, responses=rows.TransactionSerializer)
    @action(detail=True, methods=["post"], serializer_class=shown.RefundSerializer)
    def refund(self, request: Request, pk: str) -> Response:
        """Say which purchase this row gives money back for."""
        return self.represent(linking.link_refund(self.get_object(), act=self.act(), **self.validated()))
