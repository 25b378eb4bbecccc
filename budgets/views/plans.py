"""Periods, what is allotted in them, and how a person budgets."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Unpack
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from budgets import filters
from budgets.models import Allocation, BudgetPeriod, BudgetSettings
from budgets.scopes import MANAGE_BUDGET, READ_BUDGET
from budgets.selectors.plans import with_allotted
from budgets.selectors.reports import PeriodReport, period_report
from budgets.selectors.standing import Standing, standings
from budgets.serializers import plans
from budgets.services import allocations, periods
from budgets.services.settings import change_settings, settings_of
from core.feeds import ChangesMixin, changes_schema
from core.hooks import Scope
from core.serializers import answer_serializer
from core.views import ContractView, ListMixin, OwnedModelViewSet, OwnedViewSet, RetrieveMixin, UpdateMixin
from users.models import User


class BudgetScopes:
    read_scope: ClassVar[Scope | None] = READ_BUDGET
    write_scope: ClassVar[Scope | None] = MANAGE_BUDGET


class BudgetSettingsView(BudgetScopes, ContractView):
    """How you budget; what new periods begin with."""

    def hold(self) -> None:
        super().hold()
        BudgetSettings.objects.select_for_update().filter(user=self.person).first()

    @extend_schema(responses=plans.BudgetSettingsSerializer)
    def get(self, request: Request) -> Response:
        return Response(plans.BudgetSettingsSerializer(settings_of(self.person)).data)

    @extend_schema(request=plans.BudgetSettingsSerializer, responses=plans.BudgetSettingsSerializer)
    def patch(self, request: Request) -> Response:
        current = settings_of(self.person)
        serializer = plans.BudgetSettingsSerializer(current, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = change_settings(self.person, act=self.act(), **serializer.validated_data)
        return Response(plans.BudgetSettingsSerializer(changed).data)


@extend_schema_view(changes=changes_schema(plans.BudgetPeriodSerializer))
class BudgetPeriodViewSet(ChangesMixin, BudgetScopes, RetrieveMixin, UpdateMixin, ListMixin, OwnedViewSet):
    """Stretches of days with an income and what it is for. The next one opens by itself."""

    queryset = with_allotted(BudgetPeriod.objects.select_related("user"))
    serializer_class = plans.BudgetPeriodSerializer
    filterset_class = filters.BudgetPeriodFilter
    ordering = ("-first_on",)
    ordering_fields = ("first_on", "created_at")

    @extend_schema(request=plans.PeriodRequestSerializer, responses={201: plans.BudgetPeriodSerializer})
    def create(self, request: Request) -> Response:
        """Open the period of a day: copied from the one before it, proposed from your history, or as you say."""
        asked = plans.PeriodRequestSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        period = periods.open_period(self.person, act=self.act(), **asked.validated_data)
        return self.represent(period, http_status=status.HTTP_201_CREATED)

    def perform_update(self, row: BudgetPeriod, **fields: Unpack[periods.PeriodFields]) -> BudgetPeriod:
        return periods.change_period(row, act=self.act(), **fields)

    @extend_schema(responses=answer_serializer(PeriodReport))
    @action(detail=True, filterset_class=None, pagination_class=None)
    def report(self, request: Request, pk: str) -> Response:
        """What became of each category: as it stands, or as it stood when the period closed."""
        period = self.get_object()
        mode = settings_of(self.person).mode
        return Response(answer_serializer(PeriodReport)(period_report(period, mode=mode)).data)


class AllocationViewSet(BudgetScopes, OwnedModelViewSet):
    """What each category, and those below it, may spend in a period."""

    queryset = Allocation.objects.select_related("category", "period")
    serializer_class = plans.AllocationSerializer
    ordering = ("priority",)
    ordering_fields = ("priority", "amount", "created_at")
    filtered_actions = ()
    period_pk = ""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        # The actions are those of any resource; only the rows are narrowed down.
        self.period_pk = str(kwargs.pop("period_pk", ""))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Allocation]:
        owned: QuerySet[Allocation] = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return owned
        return owned.filter(period=self.period)

    def address_of(self, row: Model) -> str:
        return reverse("allocation-detail", kwargs={"period_pk": self.period_pk, "pk": row.pk})

    def hold(self) -> None:
        # Whoever changes a period's plan locks the person, the period, and then what is in it.
        self.hold_person()
        periods = BudgetPeriod.objects.for_user(self.person).select_for_update(no_key=True)
        get_object_or_404(periods, pk=self.period_pk)
        self.hold_row()

    @cached_property
    def period(self) -> BudgetPeriod:
        found = BudgetPeriod.objects.for_user(self.person).select_related("user")
        period: BudgetPeriod | None = found.filter(pk=self.period_pk).first()
        if period is None:
            raise Http404
        return period

    def get_serializer_context(self) -> dict[str, object]:
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            context |= {"period": self.period, "standing_of": Standings(self.person, [self.period])}
        return context

    def perform_create(self, **fields: Unpack[allocations.NewAllocation]) -> Allocation:
        return allocations.add_allocation(self.period, act=self.act(), **fields)

    def perform_update(self, row: Allocation, **fields: Unpack[allocations.AllocationFields]) -> Allocation:
        return allocations.change_allocation(row, act=self.act(), **fields)

    def perform_destroy(self, row: Allocation) -> None:
        allocations.remove_allocation(row, act=self.act())


@extend_schema_view(changes=changes_schema(plans.AllocationSerializer))
class AllocationFeedViewSet(ChangesMixin, BudgetScopes, OwnedViewSet):
    """The allocations of all your periods, to be mirrored."""

    queryset = Allocation.objects.select_related("category", "period")
    serializer_class = plans.AllocationSerializer
    filtered_actions = ()

    def shown_changes(self, rows: QuerySet[Model]) -> Sequence[Mapping[str, object]]:
        periods = BudgetPeriod.objects.for_user(self.person).filter(allocations__in=rows).distinct()
        found = list(periods.select_related("user").order_by("pk"))
        context = {**self.get_serializer_context(), "standing_of": Standings(self.person, found)}
        shown: Sequence[Mapping[str, object]] = self.get_serializer_class()(
            rows, many=True, context=context
        ).data
        return shown


class Standings:
    """How periods of one person stand, by their ids: looked up when one is first asked for, after any write."""

    def __init__(self, person: User, periods: Sequence[BudgetPeriod]) -> None:
        self.person, self.periods = person, periods

    def __call__(self, period_id: UUID) -> Standing:
        return self._found[period_id]

    @cached_property
    def _found(self) -> dict[UUID, Standing]:
        found = standings(self.periods, mode=settings_of(self.person).mode)
        return {each.period.pk: each for each in found}
