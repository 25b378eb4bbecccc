"""Plans drawn."""

from debts.adapters import plan_charts
from debts.domain.requests import CompareRequest
from debts.models import PaymentPlan
from debts.selectors.planning import compared_schedules
from debts.selectors.saved_plans import saved_schedule
from users.models import User


def plan_chart(plan: PaymentPlan) -> str:
    """A kept plan as SVG: what is owed over time, stacked by debt."""
    saved = saved_schedule(plan)
    return plan_charts().balance_chart(
        saved.schedule, saved.names, currency=plan.currency, start=plan.starts_on, title=plan.name
    )


def compare_chart(user: User, asked: CompareRequest) -> str:
    """Strategies as SVG: what is owed in all over time, a line each."""
    found = compared_schedules(user, asked)
    results = [(strategy.value.replace("_", " "), each) for strategy, each in found.schedules.items()]
    return plan_charts().comparison_chart(results, currency=found.home.currency, start=found.home.start)
