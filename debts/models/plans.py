"""Plans that a person keeps, and calculations that take their time."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Job, OwnedQuerySet, Record, currency_field
from debts.domain.strategies import Strategy
from debts.models.debts import choices_of

STRATEGIES = choices_of(Strategy)

Body = Mapping[str, object]
"""A JSON object as it was sent or drawn."""


class KeptLine(TypedDict):
    name: str
    opening: str
    interest: str
    fees: str
    charges: str
    payment: str
    principal: str
    closing: str


class KeptMonth(TypedDict):
    month: int
    on: str
    debts: list[KeptLine]


class KeptPayoff(TypedDict):
    name: str
    month: int


class KeptDebt(TypedDict):
    name: str
    id: NotRequired[str | None]
    balance: str


class KeptAnswer(TypedDict):
    """What is read of a kept plan's answer; amounts and days are text."""

    strategy: str
    currency: str
    starts_on: str
    months: int
    debt_free_on: str
    total_interest: str
    total_fees: str
    total_paid: str
    interest_saved: str | None
    payoffs: list[KeptPayoff]
    debts: list[KeptDebt]
    schedule: list[KeptMonth]


class PaymentPlan(Record):
    """A plan as it was when it was saved: what was asked, and the schedule that came of it.

    ``request`` is the request that made it, ``baseline`` the answer of that day. Debts are named in the
    baseline by their ids, so that payments made since can be held against it.
    """

    class Status(models.TextChoices):
        SAVED = "saved"
        ACTIVE = "active"
        ARCHIVED = "archived"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="payment_plans")
    name = models.CharField(max_length=100)
    status = models.CharField(max_length=8, choices=Status, default=Status.SAVED)
    strategy = models.CharField(max_length=19, choices=STRATEGIES)
    currency = currency_field()
    starts_on = models.DateField()
    request: "models.JSONField[Body, Body]" = models.JSONField()
    baseline: "models.JSONField[KeptAnswer, KeptAnswer]" = models.JSONField()
    activated_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status="active"),
                name="one_active_payment_plan_per_person",
                violation_error_code="PLAN_ACTIVE",
                violation_error_message="Another plan is active.",
            ),
        )
        indexes = (models.Index(fields=["user", "-created_at"], name="plan_by_person"),)

    def __str__(self) -> str:
        return self.name


class Calculation(Job):
    """A plan, comparison, target, what-if or risk that was asked for as a job; ``result`` is its answer."""

    class Kind(models.TextChoices):
        PLAN = "plan"
        COMPARE = "compare"
        TARGET = "target"
        WHAT_IF = "what_if"
        RISK = "risk"

    task_name = "debts.calculate"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calculations")
    kind = models.CharField(max_length=7, choices=Kind)
    request: "models.JSONField[Body, Body]" = models.JSONField()
    result: "models.JSONField[Body | None, Body | None]" = models.JSONField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "-created_at"], name="calculation_by_person"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
