"""Money moved between categories: each run with its reasons and the state before."""

from typing import TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q

from budgets.domain.redistribution import Reason
from budgets.models.periods import Allocation, BudgetPeriod
from budgets.models.settings import choices_of
from core.models import OwnedQuerySet, Record, amount_field

# The plan of each day in minor units, by allocation.
Plans = dict[str, list[int]]


class KeptState(TypedDict):
    """A category as a run found it, amounts in minor units."""

    key: str
    name: str
    budgeted: int
    spent: int
    remaining: int
    days_left: int
    needed: int


class Redistribution(Record):
    """One run. ``states`` are the categories as it found them, ``short`` what it could not cover, by allocation.

    ``before`` and ``after`` hold amount and plan of the allocations that it changes, so that it can be undone while
    they are as it left them. A proposed one has changed nothing yet.
    """

    class Trigger(models.TextChoices):
        SPENDING = "spending"
        NIGHTLY = "nightly"
        REQUEST = "request"

    class Status(models.TextChoices):
        APPLIED = "applied"
        PROPOSED = "proposed"
        DISMISSED = "dismissed"
        UNDONE = "undone"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="redistributions", db_index=False
    )
    period = models.ForeignKey(BudgetPeriod, on_delete=models.CASCADE, related_name="redistributions")
    trigger = models.CharField(max_length=8, choices=Trigger)
    status = models.CharField(max_length=9, choices=Status)
    made_on = models.DateField()
    message = models.TextField()
    short: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    states: "models.JSONField[list[KeptState], list[KeptState]]" = models.JSONField()
    before: "models.JSONField[Plans, Plans]" = models.JSONField()
    after: "models.JSONField[Plans, Plans]" = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["period"], condition=Q(status="proposed"), name="one_proposed_redistribution_a_period"
            ),
        )
        indexes = (models.Index(fields=["user", "-created_at"], name="redistribution_by_person"),)

    def __str__(self) -> str:
        return self.message


class Move(models.Model):
    """So much from one allocation to another, and why this one gave."""

    id = models.BigAutoField(primary_key=True)
    redistribution = models.ForeignKey(Redistribution, on_delete=models.CASCADE, related_name="moves")
    giver = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="moves_out")
    receiver = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="moves_in")
    amount = amount_field()
    reason = models.CharField(max_length=8, choices=choices_of(Reason))

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="move_of_something"),
            models.CheckConstraint(condition=~Q(giver=models.F("receiver")), name="move_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.amount} from {self.giver_id} to {self.receiver_id}"
