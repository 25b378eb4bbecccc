"""What was moved between categories, and why."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from budgets.models import Move, Redistribution
from budgets.models.redistributions import KeptState
from budgets.services.redistributing import undo
from core.domain.money import from_minor
from core.staff.base import ActedOnModelAdmin
from core.staff.decorators import column, row_action
from core.staff.display import amount, lines, links
from core.staff.index import change_url, may_view
from core.staff.inlines import ReadInline
from core.staff.search import SearchMixin

Status = Redistribution.Status
COLOURS = {
    Status.APPLIED: "success",
    Status.PROPOSED: "info",
    Status.DISMISSED: "warning",
    Status.UNDONE: "warning",
}


class MoveInline(ReadInline):
    model = Move
    verbose_name_plural = "Moves"
    ordering = ("id",)
    fields = ("shown_giver", "shown_receiver", "shown_amount", "reason")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Move]:
        rows: QuerySet[Move] = super().get_queryset(request)
        return rows.select_related("giver__category", "receiver__category", "redistribution__period")

    @column(description="From")
    def shown_giver(self, move: Move) -> str:
        return move.giver.category.label

    @column(description="To")
    def shown_receiver(self, move: Move) -> str:
        return move.receiver.category.label

    @column(description="Amount")
    def shown_amount(self, move: Move) -> str:
        return amount(move.amount, move.redistribution.period.currency)


@admin.register(Redistribution)
class RedistributionAdmin(SearchMixin, ActedOnModelAdmin):
    """Runs as they were recorded. Nothing is typed here: to change one is to undo it."""

    list_display = ("message", "user", "made_on", "shown_status", "trigger", "created_at")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("trigger", ChoicesDropdownFilter),
        ("made_on", RangeDateFilter),
    )
    ordering = ("-created_at", "-id")
    inlines = (MoveInline,)
    search_fields = ("message",)
    search_help_text = "A person's e-mail address, words of the message, or the id of a run, period or person"
    id_fields = ("pk", "user", "period")
    actions = ("undo_chosen",)
    actions_detail = ("undo_one",)
    fieldsets = (
        (None, {"fields": ("message", "user", "shown_period", "made_on", "shown_status", "trigger")}),
        ("What it found", {"fields": ("shown_states", "shown_short")}),
        ("Record", {"fields": ("id", "undone_at", "created_at", "updated_at")}),
    )
    readonly_fields = tuple(name for _, options in fieldsets for name in options["fields"])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Redistribution]:
        """Runs without their figures, which a page that shows one reads then."""
        return Redistribution.objects.select_related("user", "period").defer(
            "states", "before", "after", "period__report"
        )

    def get_inlines(self, request: HttpRequest, obj: Redistribution | None) -> Sequence[type[MoveInline]]:
        return self.inlines if may_view(request.user, Move) else ()

    def pointless_actions(self, row: Redistribution) -> Collection[str]:
        return () if row.status == Status.APPLIED else ("undo_one",)

    @column(description="Status", label=COLOURS, ordering="status")
    def shown_status(self, run: Redistribution) -> str:
        return run.status

    @column(description="Period")
    def shown_period(self, run: Redistribution) -> SafeString:
        return links([(change_url(run.period), str(run.period))])

    @column(description="Categories")
    def shown_states(self, run: Redistribution) -> SafeString:
        return lines((state["name"], _state(state, run.period.currency)) for state in run.states)

    @column(description="Still short")
    def shown_short(self, run: Redistribution) -> SafeString:
        names = {state["key"]: state["name"] for state in run.states}
        return lines(
            (names.get(key, key), amount(Decimal(lacking), run.period.currency))
            for key, lacking in run.short.items()
        )

    @admin.action(description="Undo", permissions=["change"])
    def undo_chosen(self, request: HttpRequest, queryset: QuerySet[Redistribution]) -> None:
        self.act_on_each(request, queryset, undo, done="undone")

    @row_action(
        description="Undo",
        icon="undo",
        question="Put every amount and every day back as it was before?",
        explanation="Nothing is moved for these categories by itself again in this period.",
    )
    def undo_one(self, request: HttpRequest, form: object, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, undo, done="undone")


def _state(state: KeptState, currency: str) -> str:
    spent, budgeted, needed = (
        amount(from_minor(state[name], currency), currency) for name in ("spent", "budgeted", "needed")
    )
    return f"{spent} of {budgeted} spent, {needed} likely to come, days left: {state['days_left']}"
