"""Reading a statement into batches, so that a killed worker loses at most one of them."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO, NamedTuple, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum

from core import jobs
from ingest.adapters import READERS
from ingest.domain import staged
from ingest.domain.acceptance import refusal_of
from ingest.domain.choosing import HEAD_BYTES, choose_reader
from ingest.domain.staged import StagedRow
from ingest.domain.statement import Problem, StatementReading, StatementRow, UnreadableStatementError
from ingest.models import RememberedLayout, StagedBatch, StatementImport
from ingest.ports import StatementReader
from transactions.categoriser import shipped_categoriser
from transactions.domain.fingerprint import Fingerprints
from transactions.domain.incoming import IncomingRow
from transactions.services.classifying import findings
from transactions.services.merchants import habits, lessons

BATCH = 1000
MAX_PROBLEMS = 500
LONGEST_DESCRIPTION = 500

Clock = Callable[[], datetime]


def open_statement(
    source: BinaryIO, *, filename: str, layout: dict[str, object] | None = None
) -> StatementReading:
    """Give a file to the reader that recognises it; raises ``UnreadableStatementError``."""
    return _reader_of(source, filename=filename).read(source, filename=filename, layout=layout)


def _reader_of(source: BinaryIO, *, filename: str) -> StatementReader:
    head = source.read(HEAD_BYTES)
    source.seek(0)
    return choose_reader(READERS, head=head, filename=filename)


def stage(statement: StatementImport, *, clock: Clock) -> None:
    """Read the file behind the batches that are there already, classify its rows and save them.

    Raises ``UnreadableStatementError`` where nothing can be read, and ``JobLostError`` where the import was
    cancelled or taken over.
    """
    with statement.file.open("rb") as file:
        source = cast("BinaryIO", file)
        reader = _reader_of(source, filename=statement.filename)
        layout = _mapping(statement, format=reader.format)
        reading = reader.read(source, filename=statement.filename, layout=layout)
        stager = _Stager(statement, reading, position=source.tell)
        done = StagedBatch.objects.filter(statement=statement).aggregate(
            items=Sum("items", default=0), next=Max("sequence", default=-1)
        )
        items = iter(reading.items)
        stager.skip(islice(items, done["items"]))
        sequence = done["next"] + 1
        while batch := list(islice(items, BATCH)):
            stager.save(sequence, batch, now=clock())
            sequence += 1
        stager.finish(now=clock())


def _mapping(statement: StatementImport, *, format: str) -> dict[str, object]:  # noqa: A002
    if statement.mapping or statement.account is None:
        return dict(statement.mapping)
    remembered = RememberedLayout.objects.filter(account=statement.account, format=format).first()
    return dict(remembered.mapping) if remembered else {}


class _Taken(NamedTuple):
    """A row of the file that can be posted."""

    row: StatementRow
    currency: str
    external_id: str


class _Stager:
    """Turns what the reader gives into staged rows; the same rows again for the same file."""

    def __init__(
        self, statement: StatementImport, reading: StatementReading, *, position: Callable[[], int]
    ) -> None:
        self._statement, self._reading, self._position = statement, reading, position
        self._fingerprints = Fingerprints()
        self._lessons = lessons(statement.user)
        self._habits = habits(statement.user)
        self._categoriser = shipped_categoriser()
        self._country = statement.user.country
        paid_in = statement.account.currency if statement.account else statement.user.base_currency
        self._default_currency = str(paid_in)
        self._count = 0
        self._numbers: set[str] = set()
        self._problems: list[Problem] = []
        self._invalid = 0

    def skip(self, items: Iterator[StatementRow | Problem]) -> None:
        """Pass over what earlier batches hold, keeping count of alike rows."""
        for item in items:
            self._sorted(item)

    def save(self, sequence: int, batch: list[StatementRow | Problem], *, now: datetime) -> None:
        rows = [self._staged(taken) for item in batch if (taken := self._sorted(item)) is not None]
        with transaction.atomic():
            StagedBatch.objects.create(
                statement=self._statement, sequence=sequence, items=len(batch), rows=staged.stored(rows)
            )
            jobs.beat(self._statement, now=now, **self._progress(), **self._findings())

    def finish(self, *, now: datetime) -> None:
        if self._statement.account is not None and len(self._numbers) > 1:
            raise UnreadableStatementError(
                f"The file holds {len(self._numbers)} accounts; leave “account” out, and each finds its own."
            )
        if not self._count and self._invalid:
            first = next(problem for problem in self._problems if problem.rejected)
            raise UnreadableStatementError(first.message, line=first.line)
        jobs.beat(self._statement, now=now, progress_total=self._count, **self._findings())

    def _progress(self) -> dict[str, int]:
        """The total is an estimate, by how much of the file has been read, until all of it has."""
        read = max(1, self._position())
        return {
            "progress_done": self._count,
            "progress_total": max(self._count, self._count * self._statement.size // read),
        }

    def _findings(self) -> dict[str, object]:
        return {
            "format": self._reading.format,
            "layout": self._reading.layout,
            "accounts_found": [asdict(account) for account in self._reading.accounts],
            "problems": [asdict(problem) for problem in self._problems],
            "rows_invalid": self._invalid,
        }

    def _sorted(self, item: StatementRow | Problem) -> _Taken | None:
        if isinstance(item, Problem):
            self._note(item)
            return None
        currency = item.currency or self._default_currency
        refusal = refusal_of(item, currency=currency)
        if refusal is not None:
            self._note(Problem(item.line, refusal, rejected=True))
            return None
        self._count += 1
        self._numbers.add(item.account or "")
        if self._count > settings.STATEMENT_MAX_ROWS:
            raise UnreadableStatementError(
                f"The file has more than {settings.STATEMENT_MAX_ROWS} rows; split it.", line=item.line
            )
        return _Taken(item, currency, self._external_id(item, currency))

    def _external_id(self, row: StatementRow, currency: str) -> str:
        return self._fingerprints.external_id(
            account=row.account or "",
            day=row.date,
            amount=row.amount,
            currency=currency,
            description=row.description[:LONGEST_DESCRIPTION],
            reference=row.external_id,
        )

    def _staged(self, taken: _Taken) -> StagedRow:
        row = taken.row
        description = row.description[:LONGEST_DESCRIPTION]
        verdict = self._categoriser.categorise(
            description=description,
            amount=row.amount,
            country=self._country,
            mcc=row.mcc,
            corrections=self._lessons,
            habits=self._habits,
        )
        incoming = IncomingRow(
            external_id=taken.external_id,
            date=row.date,
            time=row.time,
            amount=row.amount,
            currency=taken.currency,
            description=description,
            status=row.status.value,
            **findings(verdict),
        )
        return StagedRow(row.line, row.account or "", incoming)

    def _note(self, problem: Problem) -> None:
        self._invalid += problem.rejected
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(replace(problem, message=problem.message[:500]))
