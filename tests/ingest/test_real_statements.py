"""Real statements that are not ours to publish: each is read right or refused in clear words.

They are looked for in the folder that ``STATEMENT_CASES`` names, which holds ``expected.json`` and the files
it speaks of; where there is none, nothing is tested. The run ends with a table of what became of each.
"""

import json
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.domain.statement import Problem, RowStatus, StatementRow, UnreadableStatementError
from ingest.services.staging import open_statement

NEARBY = Path(__file__).resolve().parents[3] / "shared" / "cases" / "statements"
FOLDER = Path(os.environ.get("STATEMENT_CASES") or NEARBY)
EXPECTED = FOLDER / "expected.json"
CASES = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}


def plain(text):
    return "".join(text.split()).casefold()


def faults_of_row(end, expected, row):
    """How the first or last row departs from what is expected of it; texts and days may have alternatives."""
    if expected is None:
        return []
    if row is None:
        return [f"the {end} row is missing"]
    days = {expected["date"], expected.get("date_alt", expected["date"])}
    texts = [expected.get("description_contains", ""), *expected.get("description_alt", [])]
    faults = []
    if row.date.isoformat() not in days:
        faults.append(f"the {end} row is of {row.date}, not {expected['date']}")
    if row.amount != Decimal(expected["amount"]):
        faults.append(f"the {end} row is {row.amount}, not {expected['amount']}")
    if not any(plain(text) in plain(row.description) for text in texts):
        faults.append(f"the {end} row says “{row.description}”, not “{texts[0]}”")
    return faults


def faults_of_sums(expected, rows):
    sums = defaultdict(Decimal)
    for row in rows:
        sums[row.currency] += row.amount
    faults = []
    if expected["sum"] is not None and sum(sums.values()) != Decimal(expected["sum"]):
        faults.append(f"the sum is {sum(sums.values())}, not {expected['sum']}")
    if "sums" in expected and sums != {code: Decimal(total) for code, total in expected["sums"].items()}:
        faults.append(f"the sums are {dict(sums)}, not {expected['sums']}")
    return faults


def faults(expected, rows, accounts):
    if not expected["readable"]:
        return ["it should have been refused"]
    found = faults_of_sums(expected, rows)
    if len(rows) != expected["count"]:
        found.append(f"{len(rows)} rows, not {expected['count']}")
    found += faults_of_row("first", expected["first"], rows[0] if rows else None)
    found += faults_of_row("last", expected["last"], rows[-1] if rows else None)
    numbers = {account.number for account in accounts}
    if numbers != set(expected["accounts"]):
        found.append(f"the accounts are {sorted(numbers)}, not {expected['accounts']}")
    currencies = {row.currency for row in rows} or {account.currency for account in accounts}
    if expected["currency"] and currencies != {expected["currency"]}:
        found.append(f"the currencies are {currencies}, not {expected['currency']}")
    return found


def readings(expected):
    """The expected reading and the others that may be defended; those say only where they differ."""
    return [expected, *(differing(expected, other) for other in expected.get("also", []))]


def differing(expected, other):
    ends = {end: expected[end] | other[end] for end in ("first", "last") if other.get(end) and expected[end]}
    return expected | other | ends


def read(name):
    """Booked rows, accounts, format and problems of a file, or the words in which it is refused."""
    try:
        with (FOLDER / name).open("rb") as source:
            reading = open_statement(source, filename=Path(name).name)
            items = list(reading.items)
    except UnreadableStatementError as refusal:
        return refusal.message
    rows = [item for item in items if isinstance(item, StatementRow) and item.status is RowStatus.POSTED]
    return rows, reading.accounts, reading.format, [item for item in items if isinstance(item, Problem)]


@pytest.mark.skipif(not CASES, reason="no folder of real statements is there")
@pytest.mark.parametrize("name", CASES)
def test_a_real_statement_is_read_right_or_refused_clearly(name, record_property):
    found = read(name)
    if isinstance(found, str):
        record_property("statement", [name, "-", "-", "-", "-", "refused"])
        assert len(found.split()) > 3
        assert any(not one["readable"] for one in readings(CASES[name])), found
        return
    rows, accounts, file_format, problems = found
    rejected = sum(problem.rejected for problem in problems)
    verdicts = [faults(one, rows, accounts) for one in readings(CASES[name])]
    counts = [len(rows), rejected, len(problems) - rejected]
    record_property(
        "statement", [name, file_format, *map(str, counts), "wrong" if all(verdicts) else "right"]
    )
    assert not all(verdicts), min(verdicts, key=len)
