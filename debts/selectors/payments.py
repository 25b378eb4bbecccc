"""What was paid on debts, and what the ledger holds that looks like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from core.domain.money import round_to_minor, to_minor
from core.serializers import said
from debts.domain.history import Split
from debts.domain.suggestions import Expectation, Movement, Suggestion, suggestions
from debts.models import Debt, DebtPayment
from debts.selectors.balances import debts_with_history, history_of
from transactions.models import Transaction

LOAN_PAYMENT = "loan-payment"
LOOKED_BACK = timedelta(days=730)
LOOKED_AT, SHOWN = 5000, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedPayment:
    """A row of the ledger that looks like a payment on a debt."""

    transaction: UUID = said("Send it to `/debts/{id}/payments` to record the payment.")
    date: date
    amount: Decimal
    description: str
    account: str = said("The account's name.")
    score: int = said("From 1 to 100.")
    reasons: tuple[str, ...]


def payments_of(debt: Debt) -> QuerySet[DebtPayment]:
    """The payments on a debt that were made."""
    return DebtPayment.objects.counted().filter(debt=debt).select_related("debt")


def splits_of_debt(debt_id: UUID, *, until: date) -> Mapping[UUID, Split]:
    """The parts of each payment of a debt; none for one from before the day of its balance."""
    debt = debts_with_history().get(pk=debt_id)
    counted = [payment for payment in debt.paid if debt.balance_on <= payment.paid_on <= until]
    found = history_of(debt, until=until).splits
    return {payment.pk: split for payment, split in zip(counted, found, strict=True)}


def suggested_payments(debt: Debt, *, today: date) -> list[SuggestedPayment]:
    """Rows of the last two years that look like payments on this debt and are not linked to one yet."""
    rows = list(_candidates(debt, today)[:LOOKED_AT])
    by_key = {str(row.pk): row for row in rows}

    def told(found: Suggestion) -> SuggestedPayment:
        row = by_key[found.key]
        return SuggestedPayment(
            transaction=row.pk,
            date=row.date,
            amount=round_to_minor(abs(row.account_amount), debt.currency),
            description=row.description,
            account=row.account.name,
            score=found.score,
            reasons=found.reasons,
        )

    found = suggestions(_expected(debt), (_movement(row, debt) for row in rows))
    return [told(each) for each in found[:SHOWN]]


def _candidates(debt: Debt, today: date) -> "QuerySet[Transaction]":
    on_debt_account = Q(account_id=debt.account_id, account_amount__gt=0) if debt.account_id else Q(pk=None)
    elsewhere = (
        Q(account_amount__lt=0) & ~Q(account_id=debt.account_id)
        if debt.account_id
        else Q(account_amount__lt=0)
    )
    rows: QuerySet[Transaction] = (
        Transaction.objects.for_user(debt.user)
        .live()
        .filter(on_debt_account | elsewhere, account__currency=debt.currency, debt_payment=None)
        .filter(date__gte=max(debt.balance_on, today - LOOKED_BACK), date__lte=today)
        .select_related("account", "category", "merchant")
        .order_by("-date", "-id")
    )
    return rows


def _expected(debt: Debt) -> Expectation:
    paid = DebtPayment.objects.filter(debt=debt).order_by("-paid_on")[:12]
    amounts = {to_minor(payment.amount, debt.currency) for payment in paid}
    if debt.minimum_amount:
        amounts.add(to_minor(debt.minimum_amount, debt.currency))
    return Expectation(
        names=[name for name in (debt.lender, debt.name) if name],
        amounts=sorted(amounts),
        due_day=debt.due_day,
    )


def _movement(row: Transaction, debt: Debt) -> Movement:
    return Movement(
        key=str(row.pk),
        on=row.date,
        paid=abs(to_minor(row.account_amount, debt.currency)),
        text=f"{row.description} {row.merchant.name if row.merchant else ''}",
        is_loan_payment=row.category.code == LOAN_PAYMENT,
        is_on_debt_account=row.account_id == debt.account_id,
    )
