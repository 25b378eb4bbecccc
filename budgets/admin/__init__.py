"""Staff's view of budgets: how people budget, their periods, and what was moved between categories."""

from budgets.admin import periods, redistributions, settings

__all__ = ["periods", "redistributions", "settings"]
