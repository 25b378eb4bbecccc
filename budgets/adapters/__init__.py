"""Who draws a month: the one place where that is decided."""

from budgets.adapters.calendar_svg import COLUMNS, Cell, calendar_svg

draw_month = calendar_svg

__all__ = ["COLUMNS", "Cell", "draw_month"]
