"""Rules on their way through histories."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateTimeFilter

from core.staff.decorators import column, row_action
from core.staff.display import readable_json
from core.staff.index import may_view
from core.staff.jobs import WHEN, JobAdmin
from transactions.models import Rule, RuleRun, Transaction
from transactions.services.rule_runs import cancel_run, retry_run


@admin.register(RuleRun)
class RuleRunAdmin(JobAdmin):
    """Runs as they go and end. Nothing is typed here: to change one is to retry or cancel it."""

    retry_job = staticmethod(retry_run)
    cancel_job = staticmethod(cancel_run)
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
    search_help_text = "A person's e-mail address, an error, or the id of a job, rule or person"
    id_fields = ("pk", "user", "rule")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RuleRun]:
        """Runs without the rows that they changed, which a page that shows one reads then."""
        return RuleRun.objects.defer("preview")

    def get_fieldsets(self, request: HttpRequest, obj: RuleRun | None = None) -> tuple[object, ...]:
        rule = ("rule",) if may_view(request.user, Rule) else ()
        rows = ("shown_preview",) if rule and may_view(request.user, Transaction) else ()
        return (
            (None, {"fields": ("user", *rule, "shown_status", "progress", "shown_error", "attempts", "id")}),
            ("Outcome", {"fields": ("dry_run", "rows_changed", *rows)}),
            WHEN,
        )

    @column(description="Rows that were changed, or on a dry run would be")
    def shown_preview(self, run: RuleRun) -> SafeString:
        return readable_json(run.preview)

    @row_action(
        description="Retry",
        icon="replay",
        question="Start these rules again?",
        explanation="They go through every row again; what they have changed stays.",
    )
    def retry(self, request: HttpRequest, form: object, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, retry_run, done="started again")

    @row_action(
        description="Cancel",
        icon="cancel",
        question="Stop these rules?",
        explanation="What they have changed stays.",
    )
    def cancel(self, request: HttpRequest, form: object, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, cancel_run, done="cancelled")
