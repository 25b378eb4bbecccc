"""Balances of statements beside those of the ledger."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import RangeDateFilter

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import amount
from core.staff.search import SearchMixin
from transactions.models import Reconciliation
from transactions.selectors.accounts import reconciliations_with_balances

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from transactions.selectors.accounts import JudgedReconciliation


@admin.register(Reconciliation)
class ReconciliationAdmin(SearchMixin, ReadOnlyModelAdmin):
    """What a statement said, and what the ledger says of that day now; amounts in the account's currency."""

    list_display = ("account", "user", "on", "shown_statement", "shown_ledger", "shown_difference")
    list_filter = (("on", RangeDateFilter),)
    ordering = ("-created_at", "-id")
    search_fields = ("account__name", "notes")
    search_help_text = "A person's e-mail address, an account's name, words of a note, or an id"
    id_fields = ("pk", "user", "account")
    fieldsets = (
        (None, {"fields": ("user", "account", "on", "shown_statement", "notes")}),
        ("In the ledger now", {"fields": ("shown_ledger", "shown_pending", "shown_difference")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[JudgedReconciliation]":
        return reconciliations_with_balances().select_related("user")

    @column(description="Statement")
    def shown_statement(self, row: Reconciliation) -> str:
        return amount(row.statement_balance, row.account.currency)

    @column(description="Ledger")
    def shown_ledger(self, row: "JudgedReconciliation") -> str:
        return amount(row.ledger_balance, row.account.currency)

    @column(description="Pending")
    def shown_pending(self, row: "JudgedReconciliation") -> str:
        return amount(row.pending, row.account.currency)

    @column(description="Difference")
    def shown_difference(self, row: "JudgedReconciliation") -> str:
        return amount(row.difference, row.account.currency)
