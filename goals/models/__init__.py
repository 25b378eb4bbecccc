"""Tables of goals, what is put aside for them, their plans, and snapshots of a person's finances."""

from goals.models.contributions import CheckIn, Contribution, ContributionRule
from goals.models.goals import ActionPlan, Goal, Milestone
from goals.models.snapshots import Snapshot

__all__ = [
    "ActionPlan",
    "CheckIn",
    "Contribution",
    "ContributionRule",
    "Goal",
    "Milestone",
    "Snapshot",
]
