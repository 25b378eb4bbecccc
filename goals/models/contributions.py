"""What is put aside for a goal, by hand or by rule, and how the person sees it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import OwnedQuerySet, Record, amount_field
from goals.domain.contributions import ROUND_UP_STEPS
from goals.domain.contributions import ContributionRule as RuleKind
from goals.models.goals import Goal
from transactions.models import Transaction

RULE_KINDS = [(each.value, each.value.replace("_", " ")) for each in RuleKind]


class ContributionQuerySet(OwnedQuerySet):
    def counted(self) -> "ContributionQuerySet":
        """Contributions that were made: one whose row lies in the ledger's trash was not."""
        found: ContributionQuerySet = self.filter(Q(transaction=None) | Q(transaction__deleted_at=None))
        return found


class Contribution(Record):
    """Money put aside for a goal, in the goal's currency; a negative amount was taken out again.

    ``transaction`` is the row of the ledger that moved it. ``key`` says what a rule has counted, such as
    ``percent_of_income:<row>``, so that it counts it once.
    """

    class Source(models.TextChoices):
        MANUAL = "manual"
        RULE = "rule"
        TRANSACTION = "transaction"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contributions")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="contributions", db_index=False)
    amount = amount_field()
    on = models.DateField()
    source = models.CharField(max_length=11, choices=Source, default=Source.MANUAL)
    transaction = models.OneToOneField(
        Transaction, on_delete=models.SET_NULL, null=True, blank=True, related_name="contribution"
    )
    key = models.CharField(max_length=80, blank=True, editable=False)
    notes = models.CharField(max_length=500, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goal", "key"], condition=~Q(key=""), name="contribution_of_a_rule_once"
            ),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="contribution_of_something",
                violation_error_message="A contribution is not nothing.",
            ),
        )
        indexes = (models.Index(fields=["goal", "on", "id"], name="contribution_by_day"),)

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"


class ContributionRule(Record):
    """Puts money aside by itself, from what the ledger shows since ``first_on``; one of a kind a goal.

    ``percent`` belongs to a share of income, ``step`` (whole units of the currency) to round-ups. ``skipped`` are keys
    of contributions that the person took back.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contribution_rules"
    )
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="rules", db_index=False)
    kind = models.CharField(max_length=17, choices=RULE_KINDS)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    step = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(each, str(each)) for each in ROUND_UP_STEPS]
    )
    is_active = models.BooleanField(default=True)
    first_on = models.DateField()
    skipped: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, blank=True, editable=False
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goal", "kind"],
                name="contribution_rule_once_per_kind",
                violation_error_code="RULE_EXISTS",
                violation_error_message="This goal has a rule of this kind already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=RuleKind.PERCENT_OF_INCOME.value,
                    percent__isnull=False,
                    percent__gt=0,
                    percent__lte=100,
                )
                | (~Q(kind=RuleKind.PERCENT_OF_INCOME.value) & Q(percent__isnull=True)),
                name="contribution_rule_percent",
                violation_error_message="A share of income has a percentage up to 100, no other rule has one.",
            ),
            models.CheckConstraint(
                condition=Q(kind=RuleKind.ROUND_UP.value, step__isnull=False)
                | (~Q(kind=RuleKind.ROUND_UP.value) & Q(step__isnull=True)),
                name="contribution_rule_step",
                violation_error_message="Round-ups have a step of 1, 5 or 10, no other rule has one.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.goal}"


class CheckIn(Record):
    """A look at a goal on a day: what was ``saved`` then, and what the person thinks of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="check_ins")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="check_ins", db_index=False)
    on = models.DateField()
    saved = amount_field()
    reflection = models.TextField(max_length=5000, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["goal", "on", "id"], name="check_in_by_day"),)

    def __str__(self) -> str:
        return f"{self.goal} on {self.on}"
