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
                tags={
                    "accounts": "Where money is held or owed; balances are derived from rows.",
                    "categories": "The category tree: shipped ones and your own.",
                    "merchants": "Who is paid, and the categories you taught for them.",
                    "reconciliations": "What statements say an account held, beside what the ledger says.",
                    "recurring": "Bills, subscriptions and pay that come round.",
                    "rule-runs": "Rules on their way through your history.",
                    "rules": "What is to be done with rows of a kind.",
                    "sightings": "What sources told of a purchase.",
                    "tags": "Your own words for rows.",
                    "transactions": "Rows of the ledger, their sums, and their history.",
                    "transfers": "Money moved between your own accounts.",
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
