"""What a person wants done with rows of a kind."""

from typing import TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Job, OwnedQuerySet, Record, amount_field
from transactions.models.accounts import Account
from transactions.models.classification import Category, Merchant, Tag


class Rule(Record):
    """Conditions, all of which must hold, and what is then done; rules are asked in order of ``position``.

    Of two rules that set the same thing the earlier one wins. ``amount_min`` and ``amount_max`` are sizes
    without a sign, in the row's currency.
    """

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rules")
    name = models.CharField(max_length=100)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    text = models.CharField(max_length=200, blank=True, help_text="Words that the description contains.")
    pattern = models.CharField(max_length=500, blank=True, help_text="A regular expression that it fits.")
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, null=True, blank=True, related_name="rules"
    )
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="rules"
    )
    amount_min = amount_field(null=True, blank=True)
    amount_max = amount_field(null=True, blank=True)
    direction = models.CharField(max_length=3, choices=Direction, blank=True)
    set_category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, related_name="rules"
    )
    set_merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, null=True, blank=True, related_name="naming_rules"
    )
    set_notes = models.CharField(max_length=500, blank=True)
    add_tags = models.ManyToManyField(Tag, blank=True, related_name="rules")
    is_transfer = models.BooleanField(default=False, help_text="The row is no income and no spending.")
    is_ignored = models.BooleanField(default=False, help_text="The row counts in no figure but the balance.")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(
                    text="",
                    pattern="",
                    merchant__isnull=True,
                    account__isnull=True,
                    amount_min__isnull=True,
                    amount_max__isnull=True,
                    direction="",
                ),
                name="rule_has_a_condition",
                violation_error_message="A rule needs a condition.",
            ),
            models.CheckConstraint(
                condition=Q(amount_min__isnull=True)
                | Q(amount_max__isnull=True)
                | Q(amount_min__lte=models.F("amount_max")),
                name="rule_amounts_in_order",
                violation_error_message="The least amount is above the most.",
            ),
            models.CheckConstraint(
                condition=Q(set_category__isnull=True) | Q(is_transfer=False),
                name="rule_category_or_transfer",
                violation_error_message="A transfer has a category of its own.",
            ),
        )
        indexes = (models.Index(fields=["user", "position", "id"], name="rule_by_position"),)

    def __str__(self) -> str:
        return self.name


class KeptRowChange(TypedDict):
    """What a run changed on a row, as it is kept: per field the value before and after."""

    transaction: str
    date: str
    description: str
    changes: dict[str, list[object]]


class RuleRun(Job):
    """A person's rules, or one of them, applied to their history.

    ``preview`` lists what was, or on a dry run would be, changed. Without a ``rule`` it is all that are on, so a run
    goes with its rule.
    """

    task_name = "transactions.apply_rules"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rule_runs")
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, null=True, blank=True, related_name="runs")
    dry_run = models.BooleanField(default=False)
    rows_changed = models.PositiveIntegerField(default=0)
    preview: "models.JSONField[list[KeptRowChange], list[KeptRowChange]]" = models.JSONField(default=list)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-created_at"], name="rule_run_by_person"),)

    def __str__(self) -> str:
        return f"Rules of {self.user_id}"
