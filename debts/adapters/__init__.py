"""Who solves, writes and draws for debts: chosen here, and known by name nowhere else in the app.

Each is imported when it is asked for: a solver and a drawing library take long to load.
"""

from debts.ports import Charts, LinearSolver, PaymentCalendar


def solver() -> LinearSolver:
    """The solver of linear and mixed-integer programs."""
    from debts.adapters.highs import HighsSolver

    return HighsSolver()


def payment_calendar() -> PaymentCalendar:
    """The writer of calendars."""
    from debts.adapters import calendar_feed

    return calendar_feed.calendar_of


def plan_charts() -> Charts:
    """The drawer of plans and comparisons."""
    from debts.adapters import charts

    return charts
