"""What a single row is about: merchant and category."""

from dataclasses import replace
from decimal import Decimal
from typing import TypedDict

from core.audit import Act
from transactions.categoriser import Verdict, shipped_categoriser
from transactions.domain.incoming import IncomingRow
from transactions.models import Category, Transaction
from transactions.services.merchants import habits, lessons, merchant_of, teach
from users.models import User


def classify(row: Transaction, *, user: User, act: Act, category: Category | None = None) -> Verdict:
    """Find a row's merchant and, unless a person gives it, its category; not saved. Returns the verdict."""
    verdict = shipped_categoriser().categorise(
        description=row.description,
        amount=row.amount,
        country=user.country,
        corrections=lessons(user),
        habits=habits(user),
    )
    if row.merchant is None and verdict.merchant_key:
        row.merchant = merchant_of(user, key=verdict.merchant_key, name=verdict.merchant_name, act=act)
    if category is not None:
        correct(row, category, act=act)
        return verdict
    row.category = category_of_verdict(user, verdict.category)
    row.category_source = verdict.source
    row.category_confidence = verdict.confidence
    row.category_reason = verdict.reason[:200]
    return verdict


class Findings(TypedDict):
    """What a verdict says of a row on its way into the ledger."""

    merchant_key: str
    merchant_name: str
    category: str
    category_source: str
    category_confidence: Decimal
    category_reason: str


def findings(verdict: Verdict) -> Findings:
    """A verdict in the fields of an ``IncomingRow``, as long as the ledger's columns are."""
    return {
        "merchant_key": verdict.merchant_key[:100],
        "merchant_name": verdict.merchant_name[:100],
        "category": verdict.category,
        "category_source": verdict.source.value,
        "category_confidence": verdict.confidence,
        "category_reason": verdict.reason[:200],
    }


def classified(row: IncomingRow, *, user: User) -> IncomingRow:
    """A row on its way into the ledger, with what it is about."""
    verdict = shipped_categoriser().categorise(
        description=row.description, amount=row.amount, country=user.country, corrections=lessons(user)
    )
    return replace(row, **findings(verdict))


def category_of_verdict(user: User, answer: str) -> Category:
    """A verdict names a shipped category by code, or what the person taught by id."""
    mine = Category.objects.for_user(user)
    found: Category = mine.get(pk=answer) if len(answer) == len(str(user.pk)) else mine.get(code=answer)
    return found


def correct(row: Transaction, category: Category, *, act: Act) -> None:
    """The person's own choice of a category, which is also a lesson about the merchant; the row is not saved."""
    row.category = category
    row.category_source = Transaction.CategorySource.MANUAL
    row.category_confidence = Decimal(1)
    row.category_reason = "You chose it."
    if row.merchant is not None:
        teach(row.merchant, category=category, act=act)
