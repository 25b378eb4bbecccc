"""What became of tasks."""

from datetime import datetime
from typing import Protocol

from celery import states
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_celery_results.models import GroupResult, TaskResult
from unfold.contrib.filters.admin import DropdownFilter, RangeDateTimeFilter

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column

STATES = (states.FAILURE, states.RETRY, states.REVOKED, states.STARTED, states.SUCCESS)
COLOURS = {
    states.SUCCESS: "success",
    states.FAILURE: "danger",
    states.STARTED: "warning",
    states.RETRY: "info",
}


class Timed(Protocol):
    """A task that ran, as its types leave it out."""

    date_started: datetime | None
    date_done: datetime


admin.site.unregister(GroupResult)
admin.site.unregister(TaskResult)


class StateFilter(DropdownFilter):
    title = "state"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(state, state.capitalize()) for state in STATES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[TaskResult]) -> QuerySet[TaskResult]:
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(TaskResult)
class TaskResultAdmin(ReadOnlyModelAdmin[TaskResult]):
    list_display = ("task_name", "state", "date_done", "took", "periodic_task_name", "worker")
    list_filter = (StateFilter, ("date_done", RangeDateTimeFilter))
    ordering = ("-date_done", "-id")
    search_fields = ("task_name", "task_id", "task_kwargs")
    search_help_text = "A task's name, the id of its run, or its arguments (such as the id of a job)"
    fieldsets = (
        (None, {"fields": ("task_name", "state", "task_id", "periodic_task_name", "worker")}),
        ("When", {"fields": ("date_created", "date_started", "date_done", "took")}),
        ("What", {"fields": ("task_args", "task_kwargs", "result", "shown_traceback")}),
    )
    readonly_fields = (
        "task_name", "state", "task_id", "periodic_task_name", "worker", "date_created", "date_started",
        "date_done", "took", "task_args", "task_kwargs", "result", "shown_traceback",
    )  # fmt: skip

    @column(description="State", label=COLOURS, ordering="status")
    def state(self, result: TaskResult) -> str:
        return str(result.status)

    @column(description="Took")
    def took(self, result: Timed) -> str | None:
        if result.date_started is None:
            return None
        return f"{(result.date_done - result.date_started).total_seconds():.1f} s"

    @column(description="Traceback")
    def shown_traceback(self, result: TaskResult) -> SafeString | None:
        if not result.traceback:
            return None
        return format_html('<pre class="font-mono overflow-auto text-xs">{}</pre>', result.traceback)
