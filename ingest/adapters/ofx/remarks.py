"""What was odd in a file, gathered by kind so that a long file does not say one thing a thousand times."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.domain.statement import Problem

_NAMED_PER_KIND = 12


class Oddity(StrEnum):
    """A way to depart from the standard that still lets a file be read, in the words a person is told."""

    EMPTY = "Tags without a value, taken as not stated"
    UNKNOWN_TAG = "Tags the standard does not have here, left aside"
    TOO_LONG = "Longer than the standard allows, kept whole"
    UNKNOWN_VALUE = "Values the standard does not have, read as far as they are plain"
    MISSING = "Required by the standard, but missing"
    NOT_CLOSED = "Closing tags missing, ended where the next part begins"
    CUT = "Text beyond 4,000 characters cut off"
    SIGN = "Type and sign disagree, the sign of the amount counts"
    LONE_SEPARATOR = "A single comma or point is the decimal one by the standard, not a thousands separator"
    CURRENCY = "Not a currency code, taken as not stated"
    REPLACED = "Entries that replace one the bank sent before"
    DELETED = "Entries the bank withdraws; nothing is booked for them, an earlier one may have to go"
    SECURITIES = "Entries about securities left out, only cash movements are read"
    DAMAGED = "Characters that cannot be read in this encoding, shown as \N{REPLACEMENT CHARACTER}"
    UNLISTED = "More accounts than can be listed"


@dataclass(slots=True)
class _Tally:
    line: int | None
    counts: dict[str, int] = field(default_factory=dict)
    more: bool = False

    def add(self, what: str) -> None:
        if what in self.counts or len(self.counts) < _NAMED_PER_KIND:
            self.counts[what] = self.counts.get(what, 0) + 1
        else:
            self.more = True

    def words(self) -> str:
        named = [what if count == 1 else f"{what} ({count:,} times)" for what, count in self.counts.items()]
        return ", ".join(named) + (" and others" if self.more else "")


class Remarks:
    """Collects remarks in memory that does not grow with the file and gives one ``Problem`` a kind."""

    def __init__(self) -> None:
        self._said: list[Problem] = []
        self._tallies: dict[Oddity, _Tally] = {}

    def say(self, message: str, *, line: int | None = None) -> None:
        self._said.append(Problem(line=line, message=message))

    def note(self, oddity: Oddity, what: str, *, line: int | None) -> None:
        """Count one occurrence; the remark carries the line of the first one."""
        tally = self._tallies.get(oddity)
        if tally is None:
            tally = self._tallies[oddity] = _Tally(line)
        tally.add(what)

    def problems(self) -> Iterator[Problem]:
        yield from self._said
        for oddity, tally in self._tallies.items():
            yield Problem(line=tally.line, message=f"{oddity}: {tally.words()}.")
