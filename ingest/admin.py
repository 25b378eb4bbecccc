"""Staff's view of imports."""

from dataclasses import asdict

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateTimeFilter

from core.staff.decorators import column, row_action
from core.staff.display import lines, readable_json
from core.staff.index import may_view
from core.staff.jobs import WHEN, JobAdmin
from ingest.models import StatementImport
from ingest.services import requests
from transactions.models import Account


@admin.register(StatementImport)
class StatementImportAdmin(JobAdmin):
    """Imports as they run and end. Nothing is typed here: to change one is to retry, cancel or undo it."""

    retry_job = staticmethod(requests.retry_import)
    cancel_job = staticmethod(requests.cancel_import)
    list_display = ("filename", "user", "shown_status", "progress", "rows_new", "rows_duplicate", "rows_invalid",
                    "dry_run", "created_at", "took")  # fmt: skip
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("dry_run", BooleanRadioFilter),
        ("created_at", RangeDateTimeFilter),
    )
    search_fields = ("filename", "error")
    search_help_text = (
        "A person's e-mail address, a file's name, an error, or the id of a job, account or person"
    )
    id_fields = ("pk", "user", "account")
    actions_detail = ("retry", "cancel", "undo")

    def has_undo_permission(self, request: HttpRequest, obj: StatementImport | None = None) -> bool:
        """Undoing takes rows out of the ledger."""
        may_delete = request.user.has_perm("transactions.delete_transaction")
        return may_delete and bool(self.has_change_permission(request))

    def get_fieldsets(self, request: HttpRequest, obj: StatementImport | None = None) -> tuple[object, ...]:
        ledger = ("account", "shown_accounts") if may_view(request.user, Account) else ()
        return (
            (None, {"fields": ("filename", "user", "shown_status", "progress", "counted", "shown_error", "attempts")}),
            ("Outcome", {"fields": ("shown_rows", "undone_at", "shown_problems")}),
            ("What was asked", {"fields": ("size", "format", "dry_run", "restore_deleted", *ledger)}),
            WHEN,
            ("How the file was read", {"fields": ("shown_layout", "shown_mapping")}),
        )  # fmt: skip

    def pointless_actions(self, row: StatementImport) -> tuple[str, ...]:
        if row.status == StatementImport.Status.SUCCEEDED:
            return (
                ("retry", "cancel")
                if row.undone_at is None and not row.dry_run
                else ("retry", "cancel", "undo")
            )
        return ("cancel", "undo") if row.is_finished else ("retry", "undo")

    @column(description="Rows read")
    def counted(self, statement: StatementImport) -> str:
        total = statement.progress_total
        return f"{statement.progress_done} of {total}" if total else str(statement.progress_done)

    @column(description="Rows")
    def shown_rows(self, statement: StatementImport) -> SafeString:
        return lines(asdict(statement.rows).items())

    @column(description="Problems")
    def shown_problems(self, statement: StatementImport) -> SafeString:
        return lines(
            (f"Line {problem.get('line')}", problem.get("message")) for problem in statement.problems
        )

    @column(description="Layout")
    def shown_layout(self, statement: StatementImport) -> SafeString:
        return readable_json(statement.layout)

    @column(description="Corrected by the person")
    def shown_mapping(self, statement: StatementImport) -> SafeString:
        return readable_json(statement.mapping)

    @column(description="Accounts found")
    def shown_accounts(self, statement: StatementImport) -> SafeString:
        return readable_json(statement.accounts_found)

    @row_action(
        description="Retry",
        icon="replay",
        question="Start this import again?",
        explanation="It goes on where it stopped; no row comes in twice.",
    )
    def retry(self, request: HttpRequest, form: object, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, requests.retry_import, done="started again")

    @row_action(
        description="Cancel",
        icon="cancel",
        question="Stop this import?",
        explanation="Nothing of it reaches the ledger.",
    )
    def cancel(self, request: HttpRequest, form: object, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, requests.cancel_import, done="cancelled")

    @row_action(
        description="Undo",
        icon="undo",
        question="Take every row of this import out of the ledger?",
        explanation="Importing the file again brings them back.",
        permission="undo",
    )
    def undo(self, request: HttpRequest, form: object, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, requests.undo_import, done="undone")
