"""What is saved for, and where a person stands."""

from typing import Any

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "goals"
    verbose_name = "Goals"

    def ready(self) -> None:
        from transactions.management.commands import load_demo

        load_demo.on_settled.append(_load_demo)


def _load_demo(*args: Any, **kwargs: Any) -> int:
    # The plans come with NumPy: no other command waits for its import.
    from goals.demo.loading import load_goals

    return load_goals(*args, **kwargs)
