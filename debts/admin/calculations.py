"""Calculations that a worker does."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from core.staff.base import StaffModelAdmin
from core.staff.decorators import column, row_action
from core.staff.display import JOB_COLOURS, NOTHING, progress_bar, readable_json
from core.staff.index import may_view
from core.staff.search import SearchMixin
from debts.models import Calculation, Debt
from debts.services.calculations import cancel_calculation, retry_calculation


@admin.register(Calculation)
class CalculationAdmin(SearchMixin, StaffModelAdmin):
    """Calculations as they run and end. Nothing is typed here: to change one is to retry or cancel it."""

    list_display = ("kind", "user", "shown_status", "progress", "attempts", "created_at", "took")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("created_at", RangeDateTimeFilter),
    )
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("error",)
    search_help_text = "A person's e-mail address, an error, or the id of a job or person"
    id_fields = ("pk", "user")
    actions = ("retry_chosen", "cancel_chosen")
    actions_detail = ("retry", "cancel")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Calculations without what was asked and answered, which a page that shows one reads then."""
        return Calculation.objects.defer("request", "result")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        figures = ("shown_request", "shown_result") if may_view(request.user, Debt) else ()
        return (
            (None, {"fields": ("kind", "user", "shown_status", "progress", "shown_error", "attempts", "id")}),
            ("When", {"fields": ("created_at", "started_at", "heartbeat_at", "finished_at", "took")}),
            *((("Asked and answered", {"fields": figures}),) if figures else ()),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(name for _, options in self.get_fieldsets(request, obj) for name in options["fields"])

    def pointless_actions(self, row: Calculation) -> tuple[str, ...]:
        if row.status == Calculation.Status.SUCCEEDED:
            return ("retry", "cancel")
        return ("cancel",) if row.is_finished else ("retry",)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        nothing_to_save = {"show_save": False, "show_save_and_continue": False, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, nothing_to_save)

    @column(description="Status", label=JOB_COLOURS, ordering="status")
    def shown_status(self, calculation: Calculation) -> str:
        return calculation.status

    @column(description="Progress")
    def progress(self, calculation: Calculation) -> SafeString:
        return progress_bar(calculation.percent)

    @column(description="Error")
    def shown_error(self, calculation: Calculation) -> str:
        return calculation.error or NOTHING

    @column(description="Took")
    def took(self, calculation: Calculation) -> str | None:
        if calculation.started_at is None or calculation.finished_at is None:
            return None
        return f"{(calculation.finished_at - calculation.started_at).total_seconds():.1f} s"

    @column(description="Request")
    def shown_request(self, calculation: Calculation) -> SafeString:
        return readable_json(calculation.request)

    @column(description="Answer")
    def shown_result(self, calculation: Calculation) -> SafeString:
        """The answer without its schedule, which has a line for every month and debt."""
        answer = calculation.result or {}
        return readable_json({name: value for name, value in answer.items() if name != "schedule"})

    @admin.action(description="Retry", permissions=["change"])
    def retry_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act_on_each(request, queryset, retry_calculation, done="started again")

    @admin.action(description="Cancel", permissions=["change"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act_on_each(request, queryset, cancel_calculation, done="cancelled")

    @row_action(
        description="Retry",
        icon="replay",
        question="Start this calculation again?",
        explanation="It is worked out from the debts as they are now.",
    )
    def retry(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, retry_calculation, done="started again")

    @row_action(
        description="Cancel",
        icon="cancel",
        question="Stop this calculation?",
        explanation="The person gets no answer.",
    )
    def cancel(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, cancel_calculation, done="cancelled")
