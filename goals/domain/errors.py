"""Why a goal cannot be as it was asked for; ``code`` is stable for clients."""

from datetime import date


class GoalError(Exception):
    """What was asked of a goal is not possible; the figures that say why are attributes."""

    code: str


class InvalidGoalDateError(GoalError):
    """The target date is not after today, or later than anybody saves for."""

    code = "INVALID_GOAL_DATE"

    def __init__(self, *, target_date: date, today: date) -> None:
        super().__init__(f"{target_date} seen from {today}")
        self.target_date, self.today = target_date, today
