"""Where a person's money is."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from core.models import OwnedQuerySet, Record, amount_field, currency_field


class Account(Record):
    """A place that holds money or owes it, in one currency; its balance is derived from its rows.

    An unassigned one holds rows whose account is not known yet, one for each currency of a person.
    """

    class Kind(models.TextChoices):
        CHECKING = "checking"
        SAVINGS = "savings"
        CREDIT_CARD = "credit_card"
        CASH = "cash"
        LOAN = "loan"
        INVESTMENT = "investment"
        UNASSIGNED = "unassigned"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accounts")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=11, choices=Kind)
    currency = currency_field()
    opening_balance = amount_field(default=0)
    number = models.CharField(
        max_length=64,
        blank=True,
        help_text="As statements name the account: an IBAN, a card's last digits ...",
    )
    institution = models.CharField(max_length=100, blank=True)
    is_closed = models.BooleanField(default=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="account_name_unique_per_person",
                violation_error_code="ACCOUNT_NAME_TAKEN",
                violation_error_message="You have an account of this name already.",
            ),
            models.UniqueConstraint(
                fields=["user", "currency"],
                condition=models.Q(kind="unassigned"),
                name="account_unassigned_once_per_currency",
                violation_error_code="ACCOUNT_EXISTS",
                violation_error_message="There is an account for unassigned rows of this currency already.",
            ),
        )
        indexes = (models.Index(fields=["user", "number"], name="account_by_number"),)

    def __str__(self) -> str:
        return self.name
