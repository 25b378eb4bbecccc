"""What is saved for, and where a person stands."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from celery.schedules import crontab
from django.apps import AppConfig

from core import hooks

if TYPE_CHECKING:
    from core.audit import Act
    from users.models import User

GOALS = hooks.Section("Goals", 50)


class GoalsConfig(AppConfig):
    name = "goals"
    verbose_name = "Goals"

    def ready(self) -> None:
        from goals import scopes

        hooks.join(
            hooks.Contributions(
                scopes=scopes.ALL,
                obligations=_planned_contributions,
                demo=_load_demo,
                schedule={
                    "look-after-goals": {
                        "task": "goals.look_after_all",
                        "schedule": crontab(hour=3, minute=20),
                    },
                    "take-snapshots": {"task": "goals.snapshots_of_all", "schedule": crontab(minute=5)},
                },
                tags={
                    "goal-check-ins": "How a goal stood on days you looked.",
                    "goal-contributions": "What was put aside for a goal.",
                    "goal-rules": "What puts money aside by itself.",
                    "goals": "What you save for, how it stands, and how to get there.",
                    "snapshots": "Income, spending, assets and debts of a day.",
                },
                enums={
                    "GoalKindEnum": "goals.models.Goal.Kind",
                    "GoalStatusEnum": "goals.models.Goal.Status",
                    "ContributionSourceEnum": "goals.models.Contribution.Source",
                    "ContributionRuleKindEnum": "goals.models.contributions.RULE_KINDS",
                    "ActionStepKindEnum": "goals.domain.levers.StepKind",
                    "FeasibilityEnum": "goals.domain.action_plan.Feasibility",
                    "NoChancesEnum": "goals.domain.probability.NoChances",
                    "WaitReasonEnum": "goals.domain.allocation.WaitReason",
                },
                staff_pages=(
                    hooks.StaffPage(GOALS, "Goals", "savings", "goals.goal"),
                    hooks.StaffPage(GOALS, "Action plans", "checklist_rtl", "goals.actionplan"),
                    hooks.StaffPage(GOALS, "Snapshots", "monitoring", "goals.snapshot"),
                ),
            )
        )


# The plans come with NumPy: nobody waits for its import who does not plan.


def _planned_contributions(user: "User", /, *, today: date, until: date) -> Iterable[hooks.Obligation]:
    from goals.selectors.obligations import planned_contributions

    return planned_contributions(user, today=today, until=until)


def _load_demo(demo: "User", /, *, act: "Act", today: date) -> int:
    from goals.demo.loading import load_goals

    return load_goals(demo, act=act, today=today)
