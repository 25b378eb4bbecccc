"""Many rows in one request, each with an outcome of its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.db.models import QuerySet
from rest_framework.exceptions import APIException

from core.error_responses import body_of
from core.errors import RelatedNotFoundError, field_error
from core.serializers import said
from transactions.models import Transaction
from transactions.services.external_ids import EXTERNAL_ID_EXISTS

MAX_ROWS = 1000

Asked = TypeVar("Asked")


class RowOutcome(StrEnum):
    """What became of a row of a request."""

    CREATED = "created"
    MATCHED = "matched"
    UPDATED = "updated"
    DELETED = "deleted"
    DUPLICATE = "duplicate"
    ERROR = "error"
    NOT_DONE = "not_done"


DONE = {RowOutcome.CREATED, RowOutcome.MATCHED, RowOutcome.UPDATED, RowOutcome.DELETED}

Done = tuple[Transaction, RowOutcome]
"""A row that was worked on, and what became of it."""


@dataclass(frozen=True, slots=True)
class RowMistake:
    """One thing that is wrong with a row."""

    pointer: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """What became of one row of the request.

    It joined another row (`matched`), has an external id that is there already (`duplicate`), or was undone by the
    error of another row (`not_done`).
    """

    index: int = said("Which row of the request, from 0.")
    outcome: RowOutcome
    id: UUID | None = said("The row; of a duplicate the one that is there already.", default=None)
    deleted_at: datetime | None = said(
        "Since when the row that a duplicate is of is in the trash.", default=None
    )
    error: str = ""
    error_code: str = ""
    errors: tuple[RowMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The outcomes of one request, and how many there are of each."""

    dry_run: bool
    counts: dict[str, int]
    rows: list[BulkRow]


def in_bulk(
    rows: Iterable[Asked], work: Callable[[Asked], Done], *, dry_run: bool, atomic: bool
) -> BulkResult:
    """Do ``work`` on every row, each in a savepoint of its own.

    A row that fails loses only itself, or everything where ``atomic`` is asked for; with ``dry_run`` nothing
    is kept and the outcomes say what would have happened.
    """
    with transaction.atomic():
        outcomes = [_one(index, row, work) for index, row in enumerate(rows)]
        lost = atomic and any(outcome.outcome == RowOutcome.ERROR for outcome in outcomes)
        if dry_run or lost:
            transaction.set_rollback(True)
    if dry_run or lost:
        made = {each.id for each in outcomes if each.outcome == RowOutcome.CREATED}
        outcomes = [_unkept(outcome, made, lost=lost) for outcome in outcomes]
    counts = Counter(outcome.outcome.value for outcome in outcomes)
    return BulkResult(dry_run=dry_run, counts=dict(counts), rows=outcomes)


def own_row(rows: QuerySet[Transaction], pk: object, *, pointer: str = "/id") -> Transaction:
    """The row of this id among a person's; 404 for any other, 400 where it is no id."""
    if pk is None:
        raise field_error("id", "Say which row by its id.", "required")
    try:
        return rows.get(pk=str(pk))
    except Transaction.DoesNotExist as exc:
        raise RelatedNotFoundError(
            f"There is no row with the id {pk}.", pointer=pointer, details={"pointer": pointer, "id": str(pk)}
        ) from exc
    except DjangoValidationError as exc:
        raise field_error("id", "Send the id of a row, a UUID.", "invalid_id") from exc


def _unkept(outcome: BulkRow, made: set[UUID | None], *, lost: bool) -> BulkRow:
    """What is said of a row whose work was rolled back: no id of what is not there, no success where others failed."""
    if outcome.outcome not in DONE:
        return replace(outcome, id=None if outcome.id in made else outcome.id)
    return replace(outcome, id=None, outcome=RowOutcome.NOT_DONE if lost else outcome.outcome)


def _one(index: int, row: Asked, work: Callable[[Asked], Done]) -> BulkRow:
    try:
        with transaction.atomic():
            found, done = work(row)
            return BulkRow(index=index, outcome=done, id=found.pk)
    except (APIException, DjangoValidationError) as exc:
        return _failure(index, exc)


def _failure(index: int, exc: Exception) -> BulkRow:
    body = body_of(exc)
    failed = BulkRow(
        index=index,
        outcome=RowOutcome.ERROR,
        error=body["error"],
        error_code=body["error_code"],
        errors=tuple(_mistake(index, error) for error in body["errors"]),
    )
    if failed.error_code != EXTERNAL_ID_EXISTS:
        return failed
    there = body["details"]
    return replace(failed, outcome=RowOutcome.DUPLICATE, id=UUID(there["id"]), deleted_at=there["deleted_at"])


def _mistake(index: int, error: Mapping[str, str]) -> RowMistake:
    return RowMistake(f"/rows/{index}{error['pointer']}", error["code"], error["message"])
