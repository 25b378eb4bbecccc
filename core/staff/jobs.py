"""Pages of jobs: how they run and end. Nothing is typed there: to change a job is to retry or cancel it."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from typing_extensions import TypeVar

from core.models import Job
from core.staff.base import ActedOnModelAdmin
from core.staff.decorators import column
from core.staff.display import JOB_COLOURS, NOTHING, progress_bar
from core.staff.search import SearchMixin

JobT = TypeVar("JobT", bound=Job, default=Any)

WHEN = ("When", {"fields": ("created_at", "started_at", "heartbeat_at", "finished_at", "took")})


class JobAdmin(SearchMixin, ActedOnModelAdmin[JobT]):
    """``retry_job`` and ``cancel_job`` are the services of the job's app, as static methods."""

    retry_job: ClassVar[Callable[..., object]]
    cancel_job: ClassVar[Callable[..., object]]

    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields: tuple[str, ...] = ("error",)
    actions = ("retry_chosen", "cancel_chosen")
    actions_detail: tuple[str, ...] = ("retry", "cancel")

    def get_readonly_fields(self, request: HttpRequest, obj: JobT | None = None) -> tuple[str, ...]:
        return tuple(name for _, options in self.get_fieldsets(request, obj) for name in options["fields"])

    def pointless_actions(self, row: JobT) -> tuple[str, ...]:
        if row.status == Job.Status.SUCCEEDED:
            return ("retry", "cancel")
        return ("cancel",) if row.is_finished else ("retry",)

    @column(description="Status", label=JOB_COLOURS, ordering="status")
    def shown_status(self, job: JobT) -> str:
        return str(job.status)

    @column(description="Progress")
    def progress(self, job: JobT) -> SafeString:
        return progress_bar(job.percent)

    @column(description="Error")
    def shown_error(self, job: JobT) -> str:
        return job.error or NOTHING

    @column(description="Took")
    def took(self, job: JobT) -> str | None:
        if job.started_at is None or job.finished_at is None:
            return None
        return f"{(job.finished_at - job.started_at).total_seconds():.1f} s"

    @admin.action(description="Retry", permissions=["change"])
    def retry_chosen(self, request: HttpRequest, queryset: QuerySet[JobT]) -> None:
        self.act_on_each(request, queryset, self.retry_job, done="started again")

    @admin.action(description="Cancel", permissions=["change"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[JobT]) -> None:
        self.act_on_each(request, queryset, self.cancel_job, done="cancelled")
