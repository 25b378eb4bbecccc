"""Staff's view of debts, of the plans to end them, and of calculations that took their time."""

from debts.admin import calculations, debts, plans

__all__ = ["calculations", "debts", "plans"]
