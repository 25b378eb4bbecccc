"""A household's first hour through the client that openapi-python-client makes; prints what it saw as JSON."""

import datetime as dt
import json
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from solvent_client import AuthenticatedClient, Client
from solvent_client.api.accounts import accounts_create
from solvent_client.api.auth import auth_register
from solvent_client.api.budgets import budgets_periods_create
from solvent_client.api.debts import debts_compare
from solvent_client.api.goals import goals_create
from solvent_client.api.ingest import ingest_statements_create, ingest_statements_retrieve
from solvent_client.api.transactions import (
    transactions_bulk_create,
    transactions_changes,
    transactions_list,
    transactions_partial_update,
    transactions_summary,
)
from solvent_client.models import (
    Account,
    AccountKindEnum,
    AccountRequest,
    BudgetPeriod,
    BulkCreateRequest,
    BulkResult,
    CompareRequest,
    Comparison,
    DebtTermsRequest,
    ErrorAnswer,
    ErrorCodeEnum,
    Goal,
    GoalKindEnum,
    GoalRequest,
    JobStatusEnum,
    MinimumRequest,
    PaginatedTransactionList,
    PatchedTransactionRequest,
    PeriodRequest,
    RegisterRequest,
    RuleEnum,
    StatementImport,
    StatementUploadRequest,
    StatementUploadRequestMapping,
    StatementUploadRequestMappingDecimalMark,
    Summary,
    TokenPair,
    Transaction,
    TransactionChanges,
    TransactionRequest,
    TransactionsListOrderingItem,
    TransactionsSummaryGroupByItem,
)
from solvent_client.types import File

Answer = TypeVar("Answer")
PATIENCE = 120


def expect(kind: type[Answer], answer: object) -> Answer:
    """The answer, where it is of this kind; the program ends where it is not."""
    if not isinstance(answer, kind):
        raise SystemExit(f"Expected {kind.__name__}, got {answer}")
    return answer


def register(address: str) -> AuthenticatedClient:
    body = RegisterRequest(email=f"{uuid4()}@example.org", password="a long walk in March", country="DE")
    pair = expect(TokenPair, auth_register.sync(client=Client(base_url=address), body=body))
    return AuthenticatedClient(base_url=address, token=pair.access)


def finished(client: AuthenticatedClient, job: StatementImport) -> StatementImport:
    deadline = time.monotonic() + PATIENCE
    while job.finished_at is None and time.monotonic() < deadline:
        time.sleep(0.1)
        job = expect(StatementImport, ingest_statements_retrieve.sync(job.id, client=client))
    if job.status != JobStatusEnum.SUCCEEDED:
        raise SystemExit(f"The import is {job.status}: {job.error}")
    return job


def main(address: str, statement: Path) -> None:
    client = register(address)
    asked = AccountRequest(
        name="Checking", kind=AccountKindEnum.CHECKING, currency="EUR", opening_balance="100.00"
    )
    account = expect(Account, accounts_create.sync(client=client, body=asked))
    refused = expect(ErrorAnswer, accounts_create.sync(client=client, body=asked))

    upload = StatementUploadRequest(
        file=File(payload=BytesIO(statement.read_bytes()), file_name=statement.name),
        account=account.id,
        mapping=StatementUploadRequestMapping(decimal_mark=StatementUploadRequestMappingDecimalMark(".")),
    )
    job = finished(client, expect(StatementImport, ingest_statements_create.sync(client=client, body=upload)))

    page = expect(
        PaginatedTransactionList,
        transactions_list.sync(
            client=client, limit=5, ordering=[TransactionsListOrderingItem("-amount")], account=[account.id]
        ),
    )
    patch = PatchedTransactionRequest(notes="seen")
    patched = expect(
        Transaction, transactions_partial_update.sync(page.results[0].id, client=client, body=patch)
    )

    rows = [
        TransactionRequest(
            account=account.id, date=dt.date(2026, 3, day), amount=amount, description="Market"
        )
        for day, amount in ((1, "-12.50"), (2, "-0.01"))
    ]
    bulk = expect(BulkResult, transactions_bulk_create.sync(client=client, body=BulkCreateRequest(rows=rows)))
    changes = expect(TransactionChanges, transactions_changes.sync(client=client, limit=500))
    month = expect(
        Summary,
        transactions_summary.sync(
            client=client,
            date_from=dt.date(2026, 3, 1),
            date_to=dt.date(2026, 3, 31),
            group_by=[TransactionsSummaryGroupByItem.MONTH],
        ),
    )

    minimum = MinimumRequest(rule=RuleEnum.FIXED, amount="25.00")
    debts = [
        DebtTermsRequest(name=name, balance="1000.00", apr=apr, minimum_payment=minimum)
        for name, apr in (("Card", "20"), ("Loan", "10"))
    ]
    comparison = expect(
        Comparison,
        debts_compare.sync(
            client=client, body=CompareRequest(monthly_budget="200.00", currency="EUR", debts=debts)
        ),
    )
    period = expect(
        BudgetPeriod,
        budgets_periods_create.sync(client=client, body=PeriodRequest(income_expected="2000.00")),
    )
    wished = GoalRequest(
        kind=GoalKindEnum.EMERGENCY_FUND,
        name="Three months",
        target_amount="3000.00",
        target_on=dt.date.today() + dt.timedelta(days=365),
        currency="EUR",
    )
    goal = expect(Goal, goals_create.sync(client=client, body=wished))

    seen = {
        "account": account.balance,
        "refused": refused.error_code == ErrorCodeEnum.ACCOUNT_NAME_TAKEN,
        "imported": job.rows.new,
        "page": [len(page.results), page.previous is None, isinstance(page.next_, str)],
        "patched": patched.notes,
        "bulk": [row.outcome.value for row in bulk.rows],
        "changes": [len(changes.created), len(changes.deleted), changes.has_more],
        "spent": [[line.key["month"], line.spent] for line in month.lines],
        "strategies": [result.strategy.value for result in comparison.results],
        "budget": period.income_expected,
        "goal": [goal.remaining, [milestone.percent for milestone in goal.milestones]],
    }
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
