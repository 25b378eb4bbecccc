"""What runs when."""

from celery.exceptions import NotRegistered
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django_celery_beat.admin import PeriodicTaskForm, TaskSelectWidget
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from kombu.utils.json import loads
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from core.audit import Act
from core.errors import DomainError
from core.jobs import task_named
from core.models import AuditEntry
from core.staff.base import RecordedModelAdmin
from core.staff.decorators import column
from core.staff.trail import record_system_act

for _model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(_model)


class _TaskSelect(UnfoldAdminSelectWidget, TaskSelectWidget):
    """The names of all tasks, in the portal's style."""


class ScheduleForm(PeriodicTaskForm):
    """A schedule of a task chosen from those that exist."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "regtask" in self.fields:
            self.fields["regtask"].widget = _TaskSelect()
            self.fields["task"].widget = UnfoldAdminTextInputWidget()


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(RecordedModelAdmin[PeriodicTask]):
    form = ScheduleForm
    list_display = ("name", "task", "is_on", "scheduler", "last_run_at", "total_run_count")
    list_filter = (("enabled", BooleanRadioFilter),)
    list_select_related = ("interval", "crontab", "solar", "clocked")
    ordering = ("name", "id")
    search_fields = ("name", "task")
    actions = ("enable", "pause", "run_now")
    readonly_fields = ("last_run_at", "total_run_count")
    fieldsets = (
        (None, {"fields": ("name", "regtask", "task", "enabled", "description")}),
        (
            "When",
            {
                "fields": (
                    "interval", "crontab", "solar", "clocked", "start_time", "expires", "expire_seconds",
                    "one_off", "last_run_at", "total_run_count",
                )
            },
        ),
        ("Arguments", {"fields": ("args", "kwargs")}),
        ("Delivery", {"fields": ("queue", "exchange", "routing_key", "priority", "headers"), "classes": ("collapse",)}),
    )  # fmt: skip

    @column(description="On", boolean=True, ordering="enabled")
    def is_on(self, schedule: PeriodicTask) -> bool:
        return bool(schedule.enabled)

    @admin.action(description="Enable", permissions=["change"])
    def enable(self, request: HttpRequest, queryset: QuerySet[PeriodicTask]) -> None:
        self.act_on_each(request, queryset, _switch_on, done="enabled")

    @admin.action(description="Pause", permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[PeriodicTask]) -> None:
        self.act_on_each(request, queryset, _switch_off, done="paused")

    @admin.action(description="Run once now", permissions=["change"])
    def run_now(self, request: HttpRequest, queryset: QuerySet[PeriodicTask]) -> None:
        self.act_on_each(request, queryset, run_once, done="handed to a worker")


def _switch_on(schedule: PeriodicTask, *, act: Act) -> None:
    _switch(schedule, enabled=True, act=act)


def _switch_off(schedule: PeriodicTask, *, act: Act) -> None:
    _switch(schedule, enabled=False, act=act)


def _switch(schedule: PeriodicTask, *, enabled: bool, act: Act) -> None:
    if schedule.enabled == enabled:
        return
    schedule.enabled = enabled
    # Beat would otherwise make up at once for what fell due during the pause.
    schedule.last_run_at = None
    schedule.save()
    changes = {"enabled": [not enabled, enabled]}
    record_system_act(schedule, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def run_once(schedule: PeriodicTask, *, act: Act) -> None:
    """Hand a schedule's task to a worker, whatever the clock says; 409 ``TASK_UNKNOWN`` for one that is gone."""
    try:
        task = task_named(schedule.task)
    except NotRegistered as exc:
        raise DomainError(f"There is no task {schedule.task}.", code="TASK_UNKNOWN") from exc
    options = {"queue": schedule.queue} if schedule.queue else {}
    args, kwargs = loads(schedule.args), loads(schedule.kwargs)
    headers = {"periodic_task_name": schedule.name}
    record_system_act(
        schedule, act=act, action=AuditEntry.Action.UPDATED, changes={"run_at": [None, act.at.isoformat()]}
    )
    transaction.on_commit(lambda: task.apply_async(args=args, kwargs=kwargs, headers=headers, **options))


@admin.register(ClockedSchedule, CrontabSchedule, IntervalSchedule, SolarSchedule)
class TimingAdmin(RecordedModelAdmin):
    """When something is due, for schedules to name."""

    list_display = ("__str__",)
    ordering = ("id",)
