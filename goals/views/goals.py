"""Goals, what is put aside for them, and their plans."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.errors import DomainError
from core.feeds import ChangesMixin, changes_schema
from core.hooks import Scope, debts_owed
from core.parameters import asked_in_query
from core.serializers import answer_serializer, drawn
from core.views import DestroyMixin, OwnedModelViewSet, OwnedViewSet, RetrieveMixin, UpdateMixin
from goals import filters
from goals.models import CheckIn, Contribution, ContributionRule, Goal
from goals.scopes import READ_GOALS, WRITE_GOALS
from goals.selectors.allocation import allocation
from goals.selectors.answers import Projection, SurplusAllocation
from goals.selectors.progress import Debts, goals_with_progress
from goals.selectors.projection import projection
from goals.serializers import contributions as shown
from goals.serializers import plans
from goals.serializers.goals import GoalSerializer
from goals.services import contributions, rules
from goals.services import goals as goal_services
from goals.services.plans import current_plan, make_action_plan

PAGED = ("limit", "cursor", "ordering")
OF_ACTION: dict[str, type[BaseSerializer[Model]]] = {
    "contribute": shown.ContributionSerializer,
    "contributions": shown.ContributionSerializer,
    "check_ins": shown.CheckInSerializer,
    "check_in": shown.CheckInSerializer,
    "rules": shown.ContributionRuleSerializer,
    "add_rule": shown.ContributionRuleSerializer,
    "make_action_plan": plans.ActionPlanRequestSerializer,
}


class GoalScopes:
    read_scope: ClassVar[Scope | None] = READ_GOALS
    write_scope: ClassVar[Scope | None] = WRITE_GOALS


@extend_schema_view(changes=changes_schema(GoalSerializer))
class GoalViewSet(ChangesMixin, GoalScopes, OwnedModelViewSet):
    """Goals; what is saved is derived from their contributions, or from the debt that they follow."""

    queryset = goals_with_progress()
    serializer_class = GoalSerializer
    filterset_class = filters.GoalFilter
    ordering = ("priority", "target_on")
    ordering_fields = ("priority", "target_on", "name", "created_at")

    def get_serializer_class(self) -> type[BaseSerializer[Model]]:
        return OF_ACTION.get(self.action) or super().get_serializer_class()

    @cached_property
    def debts(self) -> Debts:
        """The debts of the person who asks, looked up once a request."""
        return debts_owed(self.person, today=self.today())

    @property
    def query_parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        own = {"allocation": ("monthly_surplus",)} | dict.fromkeys(
            ("contributions", "check_ins", "rules"), PAGED
        )
        return own.get(self.action, ())

    def _goal(self) -> Goal:
        """The goal of the address, where the action's order is that of its parts."""
        goal: Goal = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return goal

    def _page(self, rows: QuerySet[Model]) -> Response:
        page = self.paginate_queryset(self.filter_queryset(rows))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def _asked(self, goal: Goal) -> dict[str, Any]:
        context = {**self.get_serializer_context(), "goal": goal}
        serializer = self.get_serializer_class()(data=self.request.data, context=context)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _made(self, row: Model) -> Response:
        return self.made(row, self.get_serializer(row).data)

    def perform_create(self, **fields: Any) -> Goal:
        return goal_services.add_goal(self.person, act=self.act(), today=self.today(), **fields)

    def perform_update(self, row: Goal, **fields: Any) -> Goal:
        return goal_services.change_goal(row, act=self.act(), today=self.today(), **fields)

    def perform_destroy(self, row: Goal) -> None:
        goal_services.remove_goal(row, act=self.act())

    @extend_schema(request=shown.ContributionSerializer, responses={201: shown.ContributionSerializer})
    @action(detail=True, methods=["post"])
    def contribute(self, request: Request, pk: str) -> Response:
        """Put money aside, or take it out again: typed in, or by the row of the ledger that moved it."""
        goal = self._goal()
        return self._made(
            contributions.contribute(goal, act=self.act(), today=self.today(), **self._asked(goal))
        )

    @extend_schema(responses=shown.ContributionSerializer(many=True))
    @action(detail=True, filterset_class=None, ordering=("-on",), ordering_fields=("on", "created_at"))
    def contributions(self, request: Request, pk: str) -> Response:
        """What was put aside and taken out, the latest first."""
        rows = Contribution.objects.counted().filter(goal=self._goal())
        return self._page(rows.select_related("goal", "transaction"))

    @extend_schema(responses=shown.CheckInSerializer(many=True))
    @action(
        detail=True,
        url_path="check-ins",
        filterset_class=None,
        ordering=("-on",),
        ordering_fields=("on", "created_at"),
    )
    def check_ins(self, request: Request, pk: str) -> Response:
        """Earlier looks at this goal, the latest first."""
        return self._page(CheckIn.objects.filter(goal=self._goal()).select_related("goal"))

    @extend_schema(request=shown.CheckInSerializer, responses={201: shown.CheckInSerializer})
    @check_ins.mapping.post
    def check_in(self, request: Request, pk: str) -> Response:
        """Keep what is saved today, and what you think of it."""
        goal = self._goal()
        return self._made(
            contributions.check_in(goal, act=self.act(), today=self.today(), **self._asked(goal))
        )

    @extend_schema(responses=shown.ContributionRuleSerializer(many=True))
    @action(
        detail=True,
        filterset_class=None,
        ordering=("kind",),
        ordering_fields=("kind", "created_at"),
    )
    def rules(self, request: Request, pk: str) -> Response:
        """What puts money aside by itself."""
        return self._page(ContributionRule.objects.filter(goal=self._goal()))

    @extend_schema(
        request=shown.ContributionRuleSerializer, responses={201: shown.ContributionRuleSerializer}
    )
    @rules.mapping.post
    def add_rule(self, request: Request, pk: str) -> Response:
        """Put money aside by itself from now on: a share of income, round-ups, or what a month leaves over."""
        goal = self._goal()
        return self._made(rules.add_rule(goal, act=self.act(), today=self.today(), **self._asked(goal)))

    @extend_schema(responses=plans.ActionPlanSerializer)
    @action(detail=True, url_path="action-plan", pagination_class=None, filterset_class=None)
    def action_plan(self, request: Request, pk: str) -> Response:
        """The plan as it was worked out last; 404 `NO_ACTION_PLAN` before the first."""
        found = current_plan(self._goal())
        if found is None:
            raise DomainError(
                "This goal has no plan yet; POST to this address to have one made.",
                code="NO_ACTION_PLAN",
                http_status=404,
            )
        return Response(plans.ActionPlanSerializer(found).data)

    @extend_schema(request=plans.ActionPlanRequestSerializer, responses={201: plans.ActionPlanSerializer})
    @action_plan.mapping.post
    def make_action_plan(self, request: Request, pk: str) -> Response:
        """Work the plan out anew from your ledger as it is, as the next version."""
        goal = self._goal()
        made = make_action_plan(goal, act=self.act(), today=self.today(), **self._asked(goal))
        # The latest plan of a goal is read where it is asked for.
        headers = {"Location": request.path}
        return Response(
            plans.ActionPlanSerializer(made).data, status=status.HTTP_201_CREATED, headers=headers
        )

    @extend_schema(responses=answer_serializer(Projection))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def projection(self, request: Request, pk: str) -> Response:
        """When the goal is reached at the present pace, and how likely it is reached in time."""
        return Response(drawn(projection(self._goal(), today=self.today())))

    @extend_schema(
        parameters=[plans.AllocationQuerySerializer], responses=answer_serializer(SurplusAllocation)
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def allocation(self, request: Request) -> Response:
        """All active goals against one surplus: which gets how much when, and who waits for whom."""
        query = plans.AllocationQuerySerializer(
            data=request.query_params.dict(), context=self.get_serializer_context()
        )
        monthly = asked_in_query(query).get("monthly_surplus")
        return Response(drawn(allocation(self.person, today=self.today(), monthly=monthly)))


@extend_schema_view(changes=changes_schema(shown.ContributionSerializer))
class ContributionViewSet(ChangesMixin, GoalScopes, RetrieveMixin, DestroyMixin, OwnedViewSet):
    """One contribution, and what has changed among all of them."""

    # A row in the trash has put nothing aside.
    follows: ClassVar[Mapping[str, str]] = {"transactions.transaction": "transaction_id"}
    queryset = Contribution.objects.counted().select_related("goal", "transaction")
    serializer_class = shown.ContributionSerializer
    filterset_class = None

    def perform_destroy(self, row: Contribution) -> None:
        contributions.remove_contribution(row, act=self.act())


class CheckInViewSet(GoalScopes, RetrieveMixin, OwnedViewSet):
    """One earlier look at a goal."""

    queryset = CheckIn.objects.select_related("goal")
    serializer_class = shown.CheckInSerializer


class ContributionRuleViewSet(GoalScopes, RetrieveMixin, UpdateMixin, DestroyMixin, OwnedViewSet):
    """One rule that puts money aside."""

    queryset = ContributionRule.objects.all()
    serializer_class = shown.ContributionRuleSerializer

    def perform_update(self, row: ContributionRule, **fields: Any) -> ContributionRule:
        return rules.change_rule(row, act=self.act(), **fields)

    def perform_destroy(self, row: ContributionRule) -> None:
        rules.remove_rule(row, act=self.act())
