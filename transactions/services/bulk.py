"""Many rows in one request, each with an outcome of its own."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import transaction
from django.db.models import QuerySet
from rest_framework.exceptions import APIException

from core.error_responses import ErrorBody, body_of
from core.errors import RelatedNotFoundError, field_error
from transactions.models import Transaction

MAX_ROWS = 1000


Done = tuple[Transaction, str]
"""A row that was worked on, and what became of it."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The outcomes of one request, and how many there are of each."""

    dry_run: bool
    rows: "list[Outcome]"

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(row.outcome for row in self.rows))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the row at ``index``: created, matched, updated, deleted, duplicate, error, or
    ``not_done`` where another row's error undid it."""

    index: int
    outcome: str
    id: str | None = None
    error: str = ""
    error_code: str = ""
    errors: list[dict[str, str]] = field(default_factory=list)


def in_bulk(
    rows: Iterable[Any],
    work: Callable[[Any], "Done"],
    *,
    dry_run: bool,
    atomic: bool,
) -> list[Outcome]:
    """Do ``work`` on every row, each in a savepoint of its own.

    A row that fails loses only itself, or everything where ``atomic`` is asked for; with ``dry_run`` nothing
    is kept and the outcomes say what would have happened.
    """
    with transaction.atomic():
        outcomes = [_one(index, row, work) for index, row in enumerate(rows)]
        lost = atomic and any(outcome.outcome == "error" for outcome in outcomes)
        if dry_run or lost:
            transaction.set_rollback(True)
    return [_unkept(outcome, lost=lost) for outcome in outcomes] if dry_run or lost else outcomes


def _unkept(outcome: Outcome, *, lost: bool) -> Outcome:
    """What is said of a row whose work was rolled back: no id, and no success where others failed."""
    done = outcome.outcome in {"created", "matched", "updated", "deleted"}
    return replace(outcome, id=None, outcome="not_done" if lost and done else outcome.outcome)


def _one(index: int, row: Any, work: "Callable[[Any], Done]") -> Outcome:
    try:
        with transaction.atomic():
            found, done = work(row)
            return Outcome(index=index, outcome=done, id=str(found.pk))
    except (APIException, DjangoValidationError) as exc:
        return _failure(index, exc)


def _failure(index: int, exc: Exception) -> Outcome:
    body = body_of(exc)
    outcome = "duplicate" if _is_duplicate(body) else "error"
    errors = [{**error, "pointer": f"/rows/{index}{error['pointer']}"} for error in _errors(body)]
    return Outcome(index, outcome, None, body["error"], body["error_code"], errors)


def _errors(body: ErrorBody) -> list[dict[str, str]]:
    """What is wrong with the row, by pointer; an id that names nothing has its pointer in the details."""
    if "pointer" not in body["details"]:
        return list(body["errors"])
    return [{"pointer": body["details"]["pointer"], "code": "not_found", "message": body["error"]}]


def _is_duplicate(body: ErrorBody) -> bool:
    return body["error_code"] == "EXTERNAL_ID_EXISTS"


def own_row(rows: QuerySet[Transaction], pk: Any, *, pointer: str = "/id") -> Transaction:
    """The row of this id among a person's; 404 for any other, 400 where it is no id."""
    if pk is None:
        raise field_error("id", "Say which row by its id.", "required")
    try:
        return rows.get(pk=pk)
    except Transaction.DoesNotExist as exc:
        raise RelatedNotFoundError(
            f"There is no row with the id {pk}.", details={"pointer": pointer, "id": str(pk)}
        ) from exc
    except DjangoValidationError as exc:
        raise field_error("id", "Send the id of a row, a UUID.", "invalid_id") from exc
