"""Calculations that a worker does."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from core.staff.decorators import column, row_action
from core.staff.display import readable_json
from core.staff.index import may_view
from core.staff.jobs import WHEN, JobAdmin
from debts.models import Calculation, Debt
from debts.services.calculations import cancel_calculation, retry_calculation


@admin.register(Calculation)
class CalculationAdmin(JobAdmin):
    """Calculations as they run and end. Nothing is typed here: to change one is to retry or cancel it."""

    retry_job = staticmethod(retry_calculation)
    cancel_job = staticmethod(cancel_calculation)
    list_display = ("kind", "user", "shown_status", "progress", "attempts", "created_at", "took")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("created_at", RangeDateTimeFilter),
    )
    search_help_text = "A person's e-mail address, an error, or the id of a job or person"
    id_fields = ("pk", "user")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Calculations without what was asked and answered, which a page that shows one reads then."""
        return Calculation.objects.defer("request", "result")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        figures = ("shown_request", "shown_result") if may_view(request.user, Debt) else ()
        return (
            (None, {"fields": ("kind", "user", "shown_status", "progress", "shown_error", "attempts", "id")}),
            WHEN,
            *((("Asked and answered", {"fields": figures}),) if figures else ()),
        )

    @column(description="Request")
    def shown_request(self, calculation: Calculation) -> SafeString:
        return readable_json(calculation.request)

    @column(description="Answer")
    def shown_result(self, calculation: Calculation) -> SafeString:
        """The answer without its schedule, which has a line for every month and debt."""
        answer = calculation.result or {}
        return readable_json({name: value for name, value in answer.items() if name != "schedule"})

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
