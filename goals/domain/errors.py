"""Why a goal cannot be as it was asked for; ``code`` is stable for clients."""

from datetime import date


class GoalError(Exception):
    """What was asked of a goal is not possible; the figures that say why are attributes."""

    code: str


class InvalidGoalDateError(GoalError):
    """The target date is not after today, or later than anybody saves for."""

    code = "INVALID_GOAL_DATE"

    def __init__(self, *, target_on: date, today: date) -> None:
        super().__init__(f"{target_on} seen from {today}")
        self.target_on, self.today = target_on, today
