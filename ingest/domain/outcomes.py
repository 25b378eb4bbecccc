"""What becomes of the rows of a file."""

from dataclasses import dataclass
from enum import StrEnum


class RowOutcome(StrEnum):
    """What became of a row, or on a dry run would become of it."""

    NEW = "new"
    MATCHED = "matched"
    DUPLICATE = "duplicate"
    UPDATED = "updated"
    DELETED = "deleted"
    RESTORED = "restored"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows of a file had each outcome."""

    new: int
    matched: int
    duplicate: int
    updated: int
    deleted: int
    restored: int
    invalid: int
