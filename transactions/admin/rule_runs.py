"""Rules on their way through histories."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateTimeFilter

from core.staff.base import StaffModelAdmin
from core.staff.decorators import column, row_action
from core.staff.display import JOB_COLOURS, NOTHING, progress_bar, readable_json
from core.staff.index import may_view
from core.staff.search import SearchMixin
from transactions.models import Rule, RuleRun, Transaction
from transactions.services.rule_runs import cancel_run, retry_run


@admin.register(RuleRun)
class RuleRunAdmin(SearchMixin, StaffModelAdmin):
    """Runs as they go and end. Nothing is typed here: to change one is to retry or cancel it."""

    list_display = (
        "created_at",
        "user",
        "shown_status",
        "progress",
        "rows_changed",
        "dry_run",
        "attempts",
        "took",
    )
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("dry_run", BooleanRadioFilter),
        ("created_at", RangeDateTimeFilter),
    )
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("error",)
    search_help_text = "A person's e-mail address, an error, or the id of a job, rule or person"
    id_fields = ("pk", "user", "rule")
    actions = ("retry_chosen", "cancel_chosen")
    actions_detail = ("retry", "cancel")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Runs without the rows that they changed, which a page that shows one reads then."""
        return RuleRun.objects.defer("preview")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        rule = ("rule",) if may_view(request.user, Rule) else ()
        rows = ("shown_preview",) if rule and may_view(request.user, Transaction) else ()
        return (
            (None, {"fields": ("user", *rule, "shown_status", "progress", "shown_error", "attempts", "id")}),
            ("Outcome", {"fields": ("dry_run", "rows_changed", *rows)}),
            ("When", {"fields": ("created_at", "started_at", "heartbeat_at", "finished_at", "took")}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(name for _, options in self.get_fieldsets(request, obj) for name in options["fields"])

    def pointless_actions(self, row: RuleRun) -> tuple[str, ...]:
        if row.status == RuleRun.Status.SUCCEEDED:
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
    def shown_status(self, run: RuleRun) -> str:
        return run.status

    @column(description="Progress")
    def progress(self, run: RuleRun) -> SafeString:
        return progress_bar(run.percent)

    @column(description="Error")
    def shown_error(self, run: RuleRun) -> str:
        return run.error or NOTHING

    @column(description="Took")
    def took(self, run: RuleRun) -> str | None:
        if run.started_at is None or run.finished_at is None:
            return None
        return f"{(run.finished_at - run.started_at).total_seconds():.1f} s"

    @column(description="Rows that were changed, or on a dry run would be")
    def shown_preview(self, run: RuleRun) -> SafeString:
        return readable_json(run.preview)

    @admin.action(description="Retry", permissions=["change"])
    def retry_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act_on_each(request, queryset, retry_run, done="started again")

    @admin.action(description="Cancel", permissions=["change"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act_on_each(request, queryset, cancel_run, done="cancelled")

    @row_action(
        description="Retry",
        icon="replay",
        question="Start these rules again?",
        explanation="They go through every row again; what they have changed stays.",
    )
    def retry(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, retry_run, done="started again")

    @row_action(
        description="Cancel",
        icon="cancel",
        question="Stop these rules?",
        explanation="What they have changed stays.",
    )
    def cancel(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, cancel_run, done="cancelled")
