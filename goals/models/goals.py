"""A goal, its plans, and how far it has come."""

from typing import TypedDict

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.models import OwnedQuerySet, Record, amount_field, currency_field
from goals.domain.progress import MILESTONES
from transactions.models import Account


class KeptOneOff(TypedDict):
    name: str
    amount: str


class KeptRequest(TypedDict, total=False):
    """What a person said for a plan, as JSON has it."""

    unused_subscriptions: list[str]
    one_offs: list[KeptOneOff]


class Goal(Record):
    """An amount to be saved by a day, in one currency.

    What is saved is derived: ``opening_amount``, which was there on ``started_on``, and the contributions since. A
    linked account changes nothing of that: it says which of the ledger's rows are money put aside. A goal that is
    linked to a debt follows it instead, so that no payment is recorded twice: saved is the opening amount and what
    is no longer owed of ``debt_owed``, the balance on the day of the linking. ``debt_id`` is the debt's id; who
    contributes ``debts_owed`` knows it.
    """

    class Kind(models.TextChoices):
        EMERGENCY_FUND = "emergency_fund"
        SAVINGS = "savings"
        PURCHASE = "purchase"
        DEBT_PAYOFF = "debt_payoff"
        RETIREMENT = "retirement"
        EDUCATION = "education"
        TRAVEL = "travel"
        OTHER = "other"

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        ACHIEVED = "achieved"
        ABANDONED = "abandoned"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goals", db_index=False
    )
    kind = models.CharField(max_length=14, choices=Kind)
    name = models.CharField(max_length=100)
    target_amount = amount_field()
    currency = currency_field()
    target_on = models.DateField()
    opening_amount = amount_field(default=0)
    started_on = models.DateField()
    priority = models.PositiveSmallIntegerField(
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1 is the most important.",
    )
    is_primary = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.ACTIVE)
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    debt_id = models.UUIDField(null=True, blank=True)
    debt_owed = amount_field(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_primary=True),
                name="one_primary_goal_per_person",
                violation_error_code="PRIMARY_GOAL_EXISTS",
                violation_error_message="Another goal is the primary one.",
            ),
            models.CheckConstraint(
                condition=Q(target_amount__gt=0),
                name="goal_target_positive",
                violation_error_message="A target is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(opening_amount__gte=0),
                name="goal_opening_not_negative",
                violation_error_message="What was saved before is not negative.",
            ),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=5),
                name="goal_priority_1_to_5",
                violation_error_message="The priority is a number from 1 to 5.",
            ),
            models.CheckConstraint(
                condition=Q(debt_id__isnull=True, debt_owed__isnull=True)
                | Q(debt_id__isnull=False, debt_owed__isnull=False),
                name="goal_debt_with_what_was_owed",
            ),
        )
        indexes = (models.Index(fields=["user", "status", "priority"], name="goal_by_person"),)

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A share of the target that was reached; noted once, whatever happens after."""

    id = models.BigAutoField(primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="milestones", db_index=False)
    percent = models.PositiveSmallIntegerField(choices=[(each, f"{each} %") for each in MILESTONES])
    reached_on = models.DateField()
    saved = amount_field()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["goal", "percent"], name="milestone_once"),)

    def __str__(self) -> str:
        return f"{self.percent} % on {self.reached_on}"


class ActionPlan(Record):
    """A goal's plan as it was worked out on a day; the one with the highest version is current.

    ``request`` is what the person said beside the ledger, which the next version takes over.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="action_plans")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="action_plans", db_index=False)
    version = models.PositiveIntegerField()
    made_on = models.DateField()
    request: "models.JSONField[KeptRequest, KeptRequest]" = models.JSONField(default=dict, blank=True)
    answer: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["goal", "version"], name="action_plan_version_once"),)

    def __str__(self) -> str:
        return f"{self.goal}, version {self.version}"
