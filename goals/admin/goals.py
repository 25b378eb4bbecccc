"""Goals with what was put aside for them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter

from core.audit import Act
from core.hooks import debts_owed
from core.staff.base import ServiceModelAdmin
from core.staff.decorators import column
from core.staff.display import amount, links
from core.staff.index import change_url, may_view
from core.staff.inlines import ReadInline
from core.staff.search import SearchMixin
from goals.domain.progress import percent_reached
from goals.models import CheckIn, Contribution, ContributionRule, Goal, Milestone
from goals.selectors.progress import MeasuredGoal, Standing, goals_with_progress, standing_of
from goals.services.goals import change_goal, remove_goal
from transactions.models import Transaction

LATEST = 24
COLOURS = {
    Goal.Status.ACTIVE: "info",
    Goal.Status.ACHIEVED: "success",
    Goal.Status.PAUSED: "warning",
    Goal.Status.ABANDONED: "danger",
}


class Latest(BaseInlineFormSet):  # type: ignore[type-arg]
    """Cut to the latest only when read: a queryset that was cut before could not be narrowed to one goal."""

    @cached_property
    def _latest(self) -> QuerySet[Model]:
        return super().get_queryset()[:LATEST]

    def get_queryset(self) -> QuerySet[Model]:
        return self._latest


class ContributionInline(ReadInline):
    model = Contribution
    formset = Latest
    verbose_name_plural = f"Latest contributions (at most {LATEST})"
    ordering = ("-on", "-id")
    readonly_fields = ("on", "shown_amount", "source", "notes", "row")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.readonly_fields if may_view(request.user, Transaction) else self.readonly_fields[:-1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contribution]:
        return Contribution.objects.counted().select_related("goal").order_by(*self.ordering)

    @column(description="Amount")
    def shown_amount(self, contribution: Contribution) -> str:
        return amount(contribution.amount, contribution.goal.currency)

    @column(description="Row of the ledger")
    def row(self, contribution: Contribution) -> SafeString:
        linked = Transaction(pk=contribution.transaction_id) if contribution.transaction_id else None
        return links([(change_url(linked), "Show")] if linked else [])


class RuleInline(ReadInline):
    model = ContributionRule
    verbose_name_plural = "Rules"
    ordering = ("kind",)
    fields = ("kind", "percent", "step", "is_active", "first_on")
    readonly_fields = fields


class MilestoneInline(ReadInline):
    model = Milestone
    ordering = ("percent",)
    fields = ("percent", "reached_on", "shown_saved")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        return Milestone.objects.select_related("goal").order_by(*self.ordering)

    @column(description="Saved")
    def shown_saved(self, milestone: Milestone) -> str:
        return amount(milestone.saved, milestone.goal.currency)


class CheckInInline(ReadInline):
    model = CheckIn
    formset = Latest
    verbose_name_plural = f"Latest check-ins (at most {LATEST})"
    ordering = ("-on", "-id")
    fields = ("on", "shown_saved", "reflection")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckIn]:
        return CheckIn.objects.select_related("goal").order_by(*self.ordering)

    @column(description="Saved")
    def shown_saved(self, check_in: CheckIn) -> str:
        return amount(check_in.saved, check_in.goal.currency)


@admin.register(Goal)
class GoalAdmin(SearchMixin, ServiceModelAdmin):
    """Goals as they stand today. Staff correct what a goal is called; amounts and dates are the person's."""

    list_display = (
        "name",
        "user",
        "kind",
        "shown_target",
        "target_on",
        "shown_status",
        "priority",
        "is_primary",
    )
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
        ("currency", AllValuesCheckboxFilter),
    )
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    inlines = (MilestoneInline, ContributionInline, RuleInline, CheckInInline)
    search_fields = ("name",)
    search_help_text = "A person's e-mail address, a goal's name, or an id"
    id_fields = ("pk", "user")
    fieldsets = (
        (None, {"fields": ("user", "name", "kind", "status", "priority", "is_primary")}),
        ("Today", {"fields": ("shown_saved", "shown_percent", "shown_target", "target_on")}),
        ("Terms", {"fields": ("started_on", "shown_opening", "account", "debt_id")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )
    readonly_fields = (
        "user", "is_primary", "shown_saved", "shown_percent", "shown_target", "target_on", "started_on",
        "shown_opening", "account", "debt_id", "id", "created_at", "updated_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[MeasuredGoal]:
        return goals_with_progress().select_related("user")

    @column(description="Target")
    def shown_target(self, goal: Goal) -> str:
        return amount(goal.target_amount, goal.currency)

    @column(description="Status", label=COLOURS, ordering="status")
    def shown_status(self, goal: Goal) -> str:
        return goal.status

    @column(description="Saved")
    def shown_saved(self, goal: MeasuredGoal) -> str:
        return amount(_standing(goal).saved, goal.currency)

    @column(description="Percent")
    def shown_percent(self, goal: MeasuredGoal) -> str:
        facts = _standing(goal).facts
        return f"{percent_reached(saved=facts.saved, target=facts.target)} %"

    @column(description="Saved before")
    def shown_opening(self, goal: Goal) -> str:
        return amount(goal.opening_amount, goal.currency)

    def perform_update(self, row: Goal, *, act: Act, **fields: Any) -> Goal:
        return change_goal(row, act=act, today=row.user.today(timezone.now()), **fields)

    def perform_delete(self, row: Goal, *, act: Act) -> None:
        remove_goal(row, act=act)


def _standing(goal: MeasuredGoal) -> Standing:
    """As of the day of the person whose goal it is."""
    today = goal.user.today(timezone.now())
    return standing_of(goal, debts_owed(goal.user, today=today) if goal.debt_id else {})
