"""Plans drawn."""

from collections.abc import Mapping
from typing import Any

from debts.adapters.charts import balance_chart, comparison_chart
from debts.models import PaymentPlan
from debts.selectors.planning import compared_schedules
from debts.selectors.saved_plans import saved_schedule
from users.models import User


def plan_chart(plan: PaymentPlan) -> str:
    """A kept plan as SVG: what is owed over time, stacked by debt."""
    schedule, names = saved_schedule(plan)
    return balance_chart(schedule, names, currency=plan.currency, start=plan.start_date, title=plan.name)


def compare_chart(user: User, asked: Mapping[str, Any]) -> str:
    """Strategies as SVG: what is owed in all over time, a line each."""
    home, schedules = compared_schedules(user, asked)
    results = [(strategy.value.replace("_", " "), schedule) for strategy, schedule in schedules.items()]
    return comparison_chart(results, currency=home.currency, start=home.start)
