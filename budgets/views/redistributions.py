"""Money moved between categories."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from budgets import filters
from budgets.models import Redistribution
from budgets.selectors.calendars import period_on
from budgets.selectors.runs import RedistributionRun, redistribution_run
from budgets.serializers import redistributions
from budgets.services import redistributing
from budgets.views.plans import BudgetScopes
from core.serializers import answer_serializer
from core.views import ContractView, ListMixin, OwnedViewSet, RetrieveMixin


class RedistributeView(BudgetScopes, ContractView):
    @extend_schema(
        request=redistributions.RunRequestSerializer, responses=answer_serializer(RedistributionRun)
    )
    def post(self, request: Request) -> Response:
        """Cover what is overspent in your present period, or with `dry_run` say how it would be covered."""
        asked = redistributions.RunRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        period = period_on(self.person, self.person.today(timezone.now()))
        run = redistributing.redistribute_overspend(
            period, act=self.act(), trigger=Redistribution.Trigger.REQUEST, **asked.validated_data
        )
        told = redistribution_run(
            run.outcome,
            message=run.message,
            kept=run.kept,
            currency=period.currency,
            **asked.validated_data,
        )
        return Response(answer_serializer(RedistributionRun)(told).data)


class RedistributionViewSet(BudgetScopes, RetrieveMixin, ListMixin, OwnedViewSet):
    """What was moved, or waits for your word, and why; each can be undone while nothing builds on it."""

    queryset = Redistribution.objects.select_related("period").prefetch_related("moves")
    serializer_class = redistributions.RedistributionSerializer
    filterset_class = filters.RedistributionFilter
    ordering = ("-created_at",)
    ordering_fields = ("created_at", "made_on")

    @extend_schema(request=None, responses=redistributions.RedistributionSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Put every amount and every day back as it was before."""
        return self.represent(redistributing.undo(self.get_object(), act=self.act()))

    @extend_schema(request=None, responses=redistributions.RedistributionSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        """Do what was proposed."""
        return self.represent(redistributing.agree(self.get_object(), act=self.act()))

    @extend_schema(request=None, responses=redistributions.RedistributionSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """Refuse what was proposed; it is not proposed again in this period."""
        return self.represent(redistributing.dismiss(self.get_object(), act=self.act()))
