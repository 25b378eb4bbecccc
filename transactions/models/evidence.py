"""What sources saw of purchases, and what a person said about it."""

from typing import Any

from django.conf import settings
from django.db import models

from core.models import OwnedQuerySet, Record, amount_field, currency_field
from transactions.models.accounts import Account
from transactions.models.ledger import Transaction


class Sighting(Record):
    """One source's telling of one purchase; a row of the ledger has as many as there were sources.

    ``external_id`` is how the source knows it, on any account. ``channel`` tells sources of one kind apart, such
    as the formats of statements: through one channel a purchase is seen once, or twice where a pending row is
    booked. ``changes`` holds what the sighting changed on the row it was matched to, per field the value before
    and after, so that it can be taken back. ``moved_from`` is the row that it stood on before a person merged it;
    what that merge changed stands in ``changes`` under ``merged_into``.
    """

    class Link(models.TextChoices):
        ORIGIN = "origin"
        MATCHED = "matched"
        PERSON = "person"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sightings", db_index=False
    )
    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="sightings")
    source = models.CharField(max_length=9, choices=Transaction.Source)
    channel = models.CharField(max_length=10, blank=True)
    external_id = models.CharField(max_length=200)
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    date = models.DateField()
    amount = amount_field()
    currency = currency_field()
    description = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=7, choices=Transaction.Status)
    link = models.CharField(max_length=7, choices=Link)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField())
    )
    changes: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField())
    )
    moved_from = models.ForeignKey(
        Transaction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    import_id = models.UUIDField(null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "source", "external_id"],
                name="sighting_once",
                violation_error_code="EXTERNAL_ID_EXISTS",
                violation_error_message="This source has told of a purchase with this external id already.",
            ),
        )
        indexes = (
            models.Index(
                fields=["import_id"],
                condition=models.Q(import_id__isnull=False),
                name="sighting_by_import",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.date} {self.amount} {self.currency}"


class Verdict(models.Model):
    """A person's word on whether a sighting is a row; it outlives the sighting and binds every machine."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=9, choices=Transaction.Source)
    external_id = models.CharField(max_length=200)
    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="verdicts")
    is_same = models.BooleanField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "source", "external_id", "transaction"], name="verdict_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.external_id} is {'' if self.is_same else 'not '}{self.transaction_id}"


class KeptApart(models.Model):
    """A person's word that two rows are no transfer and no refund of each other."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "rows kept apart"
        constraints = (models.UniqueConstraint(fields=["first", "second"], name="kept_apart_once"),)

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
