"""The shared kernel."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings

from core import hooks
from core.hooks import OPERATIONS, StaffPage


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Operations"

    def ready(self) -> None:
        from core import scopes

        hooks.join(
            hooks.Contributions(
                scopes=(scopes.READ_NOTIFICATIONS, scopes.WRITE_NOTIFICATIONS),
                schedule={
                    "revive-stalled-jobs": {
                        "task": "core.revive_stalled_jobs",
                        "schedule": settings.SWEEP_EVERY,
                    },
                    "send-notifications": {
                        "task": "core.send_notifications",
                        "schedule": timedelta(minutes=1),
                    },
                    "forget-old-notifications": {
                        "task": "core.forget_old_notifications",
                        "schedule": timedelta(hours=6),
                    },
                    "forget-old-answers": {"task": "core.forget_old_answers", "schedule": timedelta(hours=1)},
                },
                tags={
                    "notifications": "What you were told.",
                },
                enums={
                    "ErrorCodeEnum": "core.schema.responses.ERROR_CODES",
                    "FaultCodeEnum": "core.schema.responses.FAULT_CODES",
                    "JobStatusEnum": "core.models.Job.Status",
                },
                staff_pages=(
                    StaffPage(OPERATIONS, "Notifications", "notifications", "core.notification"),
                    StaffPage(OPERATIONS, "Audit trail", "history", "core.auditentry"),
                    StaffPage(OPERATIONS, "Task results", "task_alt", "django_celery_results.taskresult"),
                    StaffPage(OPERATIONS, "Schedules", "schedule", "django_celery_beat.periodictask"),
                    StaffPage(OPERATIONS, "Intervals", "timer", "django_celery_beat.intervalschedule"),
                    StaffPage(OPERATIONS, "Crontabs", "calendar_month", "django_celery_beat.crontabschedule"),
                ),
            )
        )
