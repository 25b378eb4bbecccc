"""What is owed, and how it comes to an end."""

from typing import Any

from django.apps import AppConfig


class DebtsConfig(AppConfig):
    name = "debts"
    verbose_name = "Debts"

    def ready(self) -> None:
        from transactions.management.commands import load_demo

        load_demo.on_settled.append(_load_demo)


def _load_demo(*args: Any, **kwargs: Any) -> int:
    # The planner comes with a solver: no other command waits for its import.
    from debts.demo.loading import load_debts

    return load_debts(*args, **kwargs)
