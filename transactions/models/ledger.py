"""The rows of the ledger. Outflow is negative, everywhere."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Q, Value, When

from core.models import OwnedQuerySet, Record, amount_field, currency_field
from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup
from transactions.domain.kinds import TransactionKind
from transactions.models.accounts import Account
from transactions.models.classification import Category, Merchant, Tag


class Transfer(Record):
    """Money moved between two accounts of one person: a row that pays and a row that receives."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="transfers")

    objects = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def outflow(self) -> "Transaction":
        """The row that pays."""
        return self._halves()[0]

    @property
    def inflow(self) -> "Transaction":
        """The row that receives."""
        return self._halves()[1]

    def _halves(self) -> "tuple[Transaction, Transaction]":
        pays, receives = sorted(self.transactions.all(), key=lambda row: row.amount)
        return pays, receives


KIND_IN_SQL = Case(
    When(
        Q(transfer__isnull=False) | Q(category__group=CategoryGroup.TRANSFERS),
        then=Value(TransactionKind.TRANSFER),
    ),
    When(
        Q(category__group=CategoryGroup.INCOME) | Q(amount__gt=0, category__code=UNCATEGORISED),
        then=Value(TransactionKind.INCOME),
    ),
    default=Value(TransactionKind.EXPENSE),
    output_field=CharField(),
)
"""``transactions.domain.kinds.kind_of`` of a row, for the database."""


class TransactionQuerySet(OwnedQuerySet):
    def live(self) -> Self:
        """Rows that count."""
        return self.filter(deleted_at=None)

    def trashed(self) -> Self:
        """Deleted rows that can be restored: not those of an undone import, nor merged ones."""
        withdrawn = Q(import_id__isnull=False, external_id__isnull=True)
        return self.filter(deleted_at__isnull=False, merged_into=None).exclude(withdrawn)

    def with_kind(self) -> Self:
        """Adds ``kind``: income, expense or transfer."""
        return self.annotate(kind=KIND_IN_SQL)


class Transaction(Record):
    """One movement of money on one account.

    ``amount`` is in ``currency``, ``account_amount`` in the account's, ``base_amount`` in the person's base
    currency, converted at the European Central Bank's rate of ``rate_on`` where conversion was needed
    (``base_amount`` is empty where the bank has no rate for a currency). ``external_id`` is what makes a row
    of a source recognisable when it comes again; ``import_id`` names the import that brought it. A row that
    turned out to be another one's purchase is ``merged_into`` it and deleted.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        POSTED = "posted"

    class Source(models.TextChoices):
        MANUAL = "manual"
        STATEMENT = "statement"
        EMAIL = "email"
        RECEIPT = "receipt"

    class CategorySource(models.TextChoices):
        MANUAL = "manual"
        CORRECTION = "correction"
        RULE = "rule"
        DICTIONARY = "dictionary"
        MCC = "mcc"
        KEYWORD = "keyword"
        MODEL = "model"
        NONE = "none"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="transactions", db_index=False
    )
    account = models.ForeignKey(
        Account, on_delete=models.RESTRICT, related_name="transactions", db_index=False
    )
    date = models.DateField()
    time = models.TimeField(null=True, blank=True)
    amount = amount_field()
    currency = currency_field()
    account_amount = amount_field()
    base_amount = amount_field(null=True, blank=True)
    rate_on = models.DateField(null=True, blank=True)
    description = models.CharField(max_length=500, blank=True)
    merchant = models.ForeignKey(
        Merchant, on_delete=models.SET_NULL, null=True, blank=True, related_name="transactions"
    )
    category = models.ForeignKey(
        Category, on_delete=models.RESTRICT, related_name="transactions", db_index=False
    )
    category_source = models.CharField(max_length=10, choices=CategorySource)
    category_confidence = models.DecimalField(max_digits=3, decimal_places=2)
    category_reason = models.CharField(max_length=200, blank=True)
    notes = models.TextField(max_length=5000, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="transactions")
    transfer = models.ForeignKey(
        Transfer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="transactions",
        db_index=False,
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.POSTED)
    source = models.CharField(max_length=9, choices=Source, default=Source.MANUAL)
    external_id = models.CharField(max_length=128, null=True, blank=True)
    import_id = models.UUIDField(null=True, blank=True, editable=False)
    is_ignored = models.BooleanField(
        default=False, db_default=False, help_text="The row counts in no figure but the balance."
    )
    refund_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="refunds", db_index=False
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,
        editable=False,
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = TransactionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "source", "external_id"],
                name="transaction_external_id_once",
                violation_error_code="EXTERNAL_ID_EXISTS",
                violation_error_message="This account has a row with this external id already.",
            ),
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(amount__lt=0), name="transfer_has_one_paying_row"
            ),
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(amount__gt=0), name="transfer_has_one_receiving_row"
            ),
            models.CheckConstraint(
                condition=Q(transfer__isnull=True) | ~Q(amount=0),
                name="transfer_moves_money",
                violation_error_message="A row of nothing cannot be half of a transfer.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(deleted_at__isnull=False),
                name="transaction_merged_is_deleted",
            ),
            models.CheckConstraint(
                condition=Q(category_confidence__gte=0, category_confidence__lte=1),
                name="transaction_confidence_0_to_1",
            ),
        )
        indexes = (
            models.Index(fields=["user", "-date", "-id"], name="transaction_by_day"),
            models.Index(fields=["account", "date"], name="transaction_by_account"),
            models.Index(fields=["category", "date"], name="transaction_by_category"),
            models.Index(
                fields=["import_id"], condition=Q(import_id__isnull=False), name="transaction_by_import"
            ),
            models.Index(
                fields=["refund_of"], condition=Q(refund_of__isnull=False), name="transaction_by_purchase"
            ),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="transaction_by_merge"
            ),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.amount} {self.currency}"


class Split(models.Model):
    """A part of a row in a category of its own; the parts add up to the row."""

    id = models.BigAutoField(primary_key=True)
    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="splits")
    amount = amount_field()
    base_amount = amount_field(null=True, blank=True)
    category = models.ForeignKey(Category, on_delete=models.RESTRICT, related_name="splits")
    notes = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="split_is_not_empty",
                violation_error_message="A part cannot be zero.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} of {self.transaction_id}"
