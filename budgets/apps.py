"""What may be spent, day by day."""

from typing import Any

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"
    verbose_name = "Budgets"

    def ready(self) -> None:
        from budgets.services.currency import start_changing_currency
        from core import audit
        from transactions.management.commands import load_demo
        from users import services

        audit.followers.setdefault("transactions.transaction", []).append(_ledger_changed)
        load_demo.on_settled.append(_load_demo)
        services.on_base_currency_changed.append(start_changing_currency)


def _ledger_changed(user_id: Any) -> None:
    from core.jobs import enqueue

    enqueue("budgets.react", user_id=str(user_id))


def _load_demo(*args: Any, **kwargs: Any) -> int:
    # The forecast comes with NumPy: no other command waits for its import.
    from budgets.demo.loading import load_budget

    return load_budget(*args, **kwargs)
