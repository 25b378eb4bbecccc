"""The ledger."""

from celery.schedules import crontab
from django.apps import AppConfig

from core import hooks

LEDGER = hooks.Section("Ledger", 20)


class TransactionsConfig(AppConfig):
    name = "transactions"
    verbose_name = "Ledger"

    def ready(self) -> None:
        from transactions import scopes
        from transactions.services.categories import plant_categories
        from transactions.services.valuation import start_revaluation

        hooks.join(
            hooks.Contributions(
                scopes=scopes.ALL,
                prepare_person=plant_categories,
                follow_base_currency=start_revaluation,
                schedule={
                    "find-recurring": {
                        "task": "transactions.find_recurring_of_all",
                        "schedule": crontab(hour=2, minute=40),
                    },
                },
                enums={
                    "TransactionStatusEnum": "transactions.models.Transaction.Status",
                    "AccountKindEnum": "transactions.models.Account.Kind",
                    "TransactionKindEnum": "transactions.domain.kinds.TransactionKind",
                    "TransactionSourceEnum": "transactions.models.Transaction.Source",
                    "ObserverEnum": "transactions.serializers.evidence.OBSERVERS",
                    "SightingLinkEnum": "transactions.models.Sighting.Link",
                    "RuleDirectionEnum": "transactions.models.Rule.Direction",
                    "RecurringStatusEnum": "transactions.models.RecurringSeries.Status",
                    "RecurringKindEnum": "transactions.domain.recurring.Kind",
                    "RecurringPeriodEnum": "transactions.domain.recurring.Period",
                },
                staff_pages=(
                    hooks.StaffPage(LEDGER, "Accounts", "account_balance", "transactions.account"),
                    hooks.StaffPage(LEDGER, "Transactions", "receipt_long", "transactions.transaction"),
                    hooks.StaffPage(LEDGER, "Reconciliations", "fact_check", "transactions.reconciliation"),
                    hooks.StaffPage(
                        LEDGER, "Recurring series", "event_repeat", "transactions.recurringseries"
                    ),
                    hooks.StaffPage(LEDGER, "Rules", "rule", "transactions.rule"),
                    hooks.StaffPage(LEDGER, "Categories", "category", "transactions.category"),
                    hooks.StaffPage(LEDGER, "Merchants", "storefront", "transactions.merchant"),
                    hooks.StaffPage(LEDGER, "Tags", "sell", "transactions.tag"),
                    hooks.StaffPage(hooks.JOBS, "Rule runs", "checklist", "transactions.rulerun"),
                ),
            )
        )
