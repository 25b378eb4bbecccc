"""What a person will still spend in a period: bills on their dates, and habit for everything else."""

from budgets.domain.forecast.expecting import forecast
from budgets.domain.forecast.methods import Method, habit, last_month, three_months
from budgets.domain.forecast.past import silent_from
from budgets.domain.forecast.records import DaySpending, Expectation, ExpectedBill, Forecast

__all__ = [
    "DaySpending",
    "Expectation",
    "ExpectedBill",
    "Forecast",
    "Method",
    "forecast",
    "habit",
    "last_month",
    "silent_from",
    "three_months",
]
