"""What may be spent, day by day."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from celery.schedules import crontab
from django.apps import AppConfig

from core import hooks

if TYPE_CHECKING:
    from core.audit import Act
    from users.models import User

BUDGETS = hooks.Section("Budgets", 40)


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "Budgets"

    def ready(self) -> None:
        from budgets import scopes
        from budgets.services.currency import start_changing_currency

        hooks.join(
            hooks.Contributions(
                scopes=scopes.ALL,
                follow_base_currency=start_changing_currency,
                follow_rows={"transactions.transaction": _ledger_changed},
                demo=_load_demo,
                schedule={
                    # Everybody's day turns at their own midnight.
                    "plan-budgets": {
                        "task": "budgets.start_nights",
                        "schedule": crontab(minute="1,16,31,46"),
                    },
                },
                tags={
                    "budgets": "Periods, what each category may spend in them, and what is safe to spend today.",
                },
                enums={
                    "BudgetPeriodKindEnum": "budgets.models.settings.PERIOD_KINDS",
                    "BudgetPeriodStatusEnum": "budgets.models.BudgetPeriod.Status",
                    "CategoryKindEnum": "budgets.domain.envelopes.Kind",
                    "SpendingStatusEnum": "budgets.domain.envelopes.Status",
                    "GivingReasonEnum": "budgets.domain.redistribution.Reason",
                    "RedistributionStatusEnum": "budgets.models.Redistribution.Status",
                },
                staff_pages=(
                    hooks.StaffPage(BUDGETS, "Budget periods", "date_range", "budgets.budgetperiod"),
                    hooks.StaffPage(BUDGETS, "Allocations", "pie_chart", "budgets.allocation"),
                    hooks.StaffPage(BUDGETS, "Redistributions", "swap_horiz", "budgets.redistribution"),
                    hooks.StaffPage(BUDGETS, "Budget settings", "tune", "budgets.budgetsettings"),
                ),
            )
        )


def _ledger_changed(user_id: UUID) -> None:
    from core.jobs import enqueue

    enqueue("budgets.react", user_id=str(user_id))


def _load_demo(demo: "User", /, *, act: "Act", today: date) -> int:
    # The forecast comes with NumPy: no other command waits for its import.
    from budgets.demo.loading import load_budget

    return load_budget(demo, act=act, today=today)
