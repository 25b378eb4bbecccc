"""Tables of budgets: how a person budgets, the periods, what each category may spend, and what was moved."""

from budgets.models.periods import Allocation, BudgetPeriod
from budgets.models.redistributions import Move, Redistribution
from budgets.models.settings import BudgetSettings

__all__ = ["Allocation", "BudgetPeriod", "BudgetSettings", "Move", "Redistribution"]
