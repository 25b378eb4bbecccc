"""What a token may do with budgets."""

from core.hooks import Scope

READ_BUDGET = Scope("read:budget")
MANAGE_BUDGET = Scope("manage:budget")

ALL = (READ_BUDGET, MANAGE_BUDGET)
