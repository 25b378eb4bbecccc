"""The staff portal."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy


def _page(title: str, icon: str, model: str) -> dict[str, Any]:
    """A link to a table's page, for those who may view the table."""
    app_label, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app_label}_{name}_changelist"),
        "permission": _may(f"{app_label}.view_{name}"),
    }


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(permission)


# Where a member of staff comes out who went to the sign-in page itself.
LOGIN_REDIRECT_URL = "admin:index"

ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>"
    "<rect width='8' height='8' rx='2' fill='%239810fa'/></svg>"
)

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Solvent",
    "SITE_HEADER": "Solvent",
    "SITE_SUBHEADER": "Staff portal",
    "SITE_SYMBOL": "account_balance_wallet",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: ICON}],
    "SITE_URL": "/docs",
    "SHOW_HISTORY": True,
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            {"items": [{"title": "Overview", "icon": "monitoring", "link": reverse_lazy("admin:index")}]},
            {
                "title": "People",
                "separator": True,
                "items": [
                    _page("Users", "person", "users.user"),
                    _page("Groups of staff", "badge", "auth.group"),
                ],
            },
            {
                "title": "Ledger",
                "separator": True,
                "items": [
                    _page("Accounts", "account_balance", "transactions.account"),
                    _page("Transactions", "receipt_long", "transactions.transaction"),
                    _page("Reconciliations", "fact_check", "transactions.reconciliation"),
                    _page("Recurring series", "event_repeat", "transactions.recurringseries"),
                    _page("Rules", "rule", "transactions.rule"),
                    _page("Categories", "category", "transactions.category"),
                    _page("Merchants", "storefront", "transactions.merchant"),
                    _page("Tags", "sell", "transactions.tag"),
                ],
            },
            {
                "title": "Debts",
                "separator": True,
                "items": [
                    _page("Debts", "credit_card", "debts.debt"),
                    _page("Payment plans", "flag", "debts.paymentplan"),
                ],
            },
            {
                "title": "Budgets",
                "separator": True,
                "items": [
                    _page("Budget periods", "date_range", "budgets.budgetperiod"),
                    _page("Allocations", "pie_chart", "budgets.allocation"),
                    _page("Redistributions", "swap_horiz", "budgets.redistribution"),
                    _page("Budget settings", "tune", "budgets.budgetsettings"),
                ],
            },
            {
                "title": "Goals",
                "separator": True,
                "items": [
                    _page("Goals", "savings", "goals.goal"),
                    _page("Action plans", "checklist_rtl", "goals.actionplan"),
                    _page("Snapshots", "monitoring", "goals.snapshot"),
                ],
            },
            {
                "title": "Imports and jobs",
                "separator": True,
                "items": [
                    _page("Statement imports", "upload_file", "ingest.statementimport"),
                    _page("Rule runs", "checklist", "transactions.rulerun"),
                    _page("Calculations", "calculate", "debts.calculation"),
                ],
            },
            {
                "title": "Operations",
                "separator": True,
                "items": [
                    _page("Notifications", "notifications", "core.notification"),
                    _page("Audit trail", "history", "core.auditentry"),
                    _page("Task results", "task_alt", "django_celery_results.taskresult"),
                    _page("Schedules", "schedule", "django_celery_beat.periodictask"),
                    _page("Intervals", "timer", "django_celery_beat.intervalschedule"),
                    _page("Crontabs", "calendar_month", "django_celery_beat.crontabschedule"),
                ],
            },
        ],
    },
}
