"""What was odd in a file, gathered by kind so that a long file does not say one thing a thousand times."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.domain.statement import Problem

_NAMED_PER_KIND = 12


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
        self._tallies: dict[str, _Tally] = {}

    def say(self, message: str, *, line: int | None = None) -> None:
        self._said.append(Problem(line=line, message=message))

    def note(self, oddity: str, what: str, *, line: int | None) -> None:
        """Count one occurrence; the remark carries the line of the first one."""
        tally = self._tallies.get(oddity)
        if tally is None:
            tally = self._tallies[oddity] = _Tally(line)
        tally.add(what)

    def problems(self) -> Iterator[Problem]:
        yield from self._said
        for oddity, tally in self._tallies.items():
            yield Problem(line=tally.line, message=f"{oddity}: {tally.words()}.")
