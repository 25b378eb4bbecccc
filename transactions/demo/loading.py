"""Writing the demo household into a person's ledger, row by row, as the person would have."""

from collections import defaultdict
from typing import Any

from django.db import transaction

from core.audit import Act
from transactions.demo.ledger import CASH, CURRENCY, DemoRow, Household
from transactions.domain.fingerprint import Fingerprints
from transactions.models import Account, Category, Tag, Transaction
from transactions.services.accounts import open_account
from transactions.services.ledger import record_transaction, update_transaction
from transactions.services.merchants import create_tag
from transactions.services.transfers import link_transfer
from users.models import User


@transaction.atomic
def load_household(user: User, household: Household, *, act: Act) -> int:
    """Put the household's accounts and rows into an empty ledger; returns how many rows.

    Rows come in the order of their days, so what the household taught by choosing a category holds from the
    next row of that merchant on.
    """
    loader = _Loader(user, household, act=act)
    halves: dict[str, list[Transaction]] = defaultdict(list)
    for row in household.rows:
        written = loader.write(row)
        if row.transfer:
            halves[row.transfer].append(written)
    for outflow, inflow in halves.values():
        link_transfer(user, act=act, outflow=outflow, inflow=inflow)
    return len(household.rows)


class _Loader:
    def __init__(self, user: User, household: Household, *, act: Act) -> None:
        self._user, self._act = user, act
        self._fingerprints = Fingerprints()
        self._categories = {
            category.code: category for category in Category.objects.for_user(user).exclude(code="")
        }
        self._tags: dict[str, Tag] = {name: create_tag(user, act=act, name=name) for name in household.tags}
        self._accounts: dict[str, Account] = {
            described.kind: open_account(
                user,
                act=act,
                name=described.name,
                kind=described.kind,
                currency=CURRENCY,
                opening_balance=described.opening_balance,
                number=described.number,
                institution=described.institution,
            )
            for described in household.accounts
        }

    def write(self, row: DemoRow) -> Transaction:
        written = record_transaction(
            self._user,
            act=self._act,
            account=self._accounts[row.account],
            date=row.date,
            amount=row.amount,
            currency=row.currency,
            account_amount=row.account_amount,
            description=row.description,
            notes=row.notes,
            status=Transaction.Status.PENDING if row.is_pending else Transaction.Status.POSTED,
            tags=[self._tags[name] for name in row.tags],
            splits=[
                {"amount": part.amount, "category": self._categories[part.category], "notes": part.notes}
                for part in row.parts
            ],
            **self._origin(row),
        )
        chosen = self._categories.get(row.chosen)
        if chosen is not None and chosen.pk != written.category_id:
            written = update_transaction(written, act=self._act, category=chosen)
        return written

    def _origin(self, row: DemoRow) -> dict[str, Any]:
        if row.account == CASH:
            return {"source": Transaction.Source.MANUAL}
        external_id = self._fingerprints.external_id(
            account=row.account,
            day=row.date,
            amount=row.amount,
            currency=row.currency,
            description=row.description,
            reference=None,
        )
        return {"source": Transaction.Source.STATEMENT, "external_id": external_id}
