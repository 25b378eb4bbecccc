"""The staff portal: what every part of it shares, and the pages of the kernel's own tables."""

from core.admin import audit_trail, notifications, schedules, task_results

__all__ = ["audit_trail", "notifications", "schedules", "task_results"]
