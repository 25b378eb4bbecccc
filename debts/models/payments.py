"""What was paid, and purchases paid in parts."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.models import OwnedQuerySet, Record, amount_field, currency_field
from debts.domain.instalments import Frequency
from debts.models.debts import Debt, choices_of
from transactions.models import Transaction


class PaymentQuerySet(OwnedQuerySet):
    def counted(self) -> "PaymentQuerySet":
        """Payments that were made: one whose row lies in the ledger's trash was not."""
        found: PaymentQuerySet = self.filter(Q(transaction=None) | Q(transaction__deleted_at=None))
        return found


class DebtPayment(Record):
    """One payment on a debt, in the debt's currency; positive.

    ``interest`` is what the lender said of it; left empty it is worked out. ``transaction`` is the row of the
    ledger that it was found in.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="debt_payments")
    debt = models.ForeignKey(Debt, on_delete=models.CASCADE, related_name="payments")
    paid_on = models.DateField()
    amount = amount_field()
    interest = amount_field(null=True, blank=True)
    transaction = models.OneToOneField(
        Transaction, on_delete=models.SET_NULL, null=True, blank=True, related_name="debt_payment"
    )
    notes = models.CharField(max_length=500, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="debt_payment_positive",
                violation_error_message="A payment is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(interest__isnull=True) | Q(interest__gte=0, interest__lte=F("amount")),
                name="debt_payment_interest_within_amount",
                violation_error_message="The interest is from nothing to the whole payment.",
            ),
        )
        indexes = (models.Index(fields=["debt", "paid_on", "id"], name="debt_payment_by_day"),)

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount}"


class InstalmentPurchase(Record):
    """Something bought now and paid in equal parts, without interest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="instalments")
    name = models.CharField(max_length=100)
    lender = models.CharField(max_length=100, blank=True)
    currency = currency_field()
    amount = amount_field()
    count = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(120)])
    paid_count = models.PositiveSmallIntegerField(default=0)
    first_due_on = models.DateField()
    frequency = models.CharField(max_length=11, choices=choices_of(Frequency), default=Frequency.MONTHLY)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="instalment_amount_positive",
                violation_error_message="The amount is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(paid_count__lte=F("count")),
                name="instalment_paid_within_count",
                violation_error_message="No more instalments can be paid than there are.",
            ),
        )
        indexes = (models.Index(fields=["user", "first_due_on"], name="instalment_by_day"),)

    def __str__(self) -> str:
        return self.name
