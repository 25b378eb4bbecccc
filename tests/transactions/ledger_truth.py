"""What a ledger should hold after each act, worked out without looking at how it does so."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Telling = tuple[str, str]
"""Who tells, and of what: ("csv", "3") is the third purchase as the bank's CSV has it."""

LIVE, TRASHED, MERGED, WITHDRAWN = "live", "trashed", "merged", "withdrawn"


@dataclass
class TrueRow:
    """``speaks`` is whose words and amount stand on the row itself; nobody's, once the person changed the amount."""

    purchase: int
    speaks: str = ""
    state: str = LIVE
    tellings: set[Telling] = field(default_factory=set)


class Truth:
    """Rows, who tells of each, and what the person said of them.

    A telling that is new joins a row that another source tells of in the same words, unless the person took them
    apart; where the person said that it is a row, it is that one. A row in the trash is joined where no live one
    is there to join, and stays in it; what the person types joins none there.
    """

    def __init__(self) -> None:
        self.rows: dict[UUID, TrueRow] = {}
        self.place: dict[Telling, UUID] = {}
        self.brought_by: dict[Telling, int] = {}
        self.former: dict[Telling, UUID] = {}
        self.same: set[tuple[Telling, UUID]] = set()
        self.apart: set[tuple[Telling, UUID]] = set()

    def live(self, purchase: int | None = None) -> list[UUID]:
        return [
            pk
            for pk, row in self.rows.items()
            if row.state == LIVE and (purchase is None or row.purchase == purchase)
        ]

    def trashed(self) -> list[UUID]:
        """Rows that the person can bring back."""
        return [pk for pk, row in self.rows.items() if row.state == TRASHED]

    def may_join(self, telling: Telling, purchase: int) -> set[UUID]:
        """The rows that a new telling is of; none where it is the first to be heard of."""
        live = set(self.live(purchase))
        trashed = {pk for pk in self.trashed() if self.rows[pk].purchase == purchase}
        if telling[0] == "manual":
            trashed = set()
        said = {pk for pk in live | trashed if (telling, pk) in self.same}
        fitting = {
            pk
            for pk in live | trashed
            if (telling, pk) not in self.apart
            and all(who != telling[0] for who, _ in self.rows[pk].tellings)
            and voice(telling) in {self.rows[pk].speaks, *map(voice, self.rows[pk].tellings)}
        }
        return said & live or said or fitting & live or fitting

    def tell(self, telling: Telling, purchase: int, *, row: UUID, by: int | None = None) -> None:
        self.rows.setdefault(row, TrueRow(purchase, voice(telling))).tellings.add(telling)
        self.place[telling] = row
        if by is not None:
            self.brought_by[telling] = by

    def undo(self, number: int) -> None:
        for telling in [each for each, by in self.brought_by.items() if by == number]:
            row = self.rows[self.place.pop(telling)]
            row.tellings.discard(telling)
            self.former.pop(telling, None)
            del self.brought_by[telling]
            if not row.tellings:
                row.state = WITHDRAWN

    def merge(self, kept: UUID, left: UUID) -> None:
        for telling in list(self.rows[left].tellings):
            self._say(telling, kept, is_same=True)
            self.former.setdefault(telling, left)
            self._move(telling, kept)
        self.rows[left].state = MERGED

    def comes_back(self, telling: Telling) -> UUID | None:
        """The row that a telling stood on before the merge, where that row has not come back yet."""
        former = self.former.get(telling)
        return former if former is not None and self.rows[former].state == MERGED else None

    def leaving_with(self, telling: Telling) -> set[Telling]:
        """What a split takes along: all that was moved here with it from the row that comes back."""
        back = self.comes_back(telling)
        here = self.rows[self.place[telling]].tellings
        return {each for each in here if self.former.get(each) == back} if back else {telling}

    def split_off(self, telling: Telling, *, own: UUID) -> None:
        row, leaving = self.place[telling], self.leaving_with(telling)
        self.rows.setdefault(own, TrueRow(self.rows[row].purchase, voice(telling))).state = LIVE
        for each in leaving:
            self.former.pop(each, None)
            self._say(each, row, is_same=False)
            self._say(each, own, is_same=True)
            self._move(each, own)

    def _move(self, telling: Telling, row: UUID) -> None:
        self.rows[self.place[telling]].tellings.discard(telling)
        self.rows[row].tellings.add(telling)
        self.place[telling] = row

    def _say(self, telling: Telling, row: UUID, *, is_same: bool) -> None:
        said, unsaid = (self.same, self.apart) if is_same else (self.apart, self.same)
        said.add((telling, row))
        unsaid.discard((telling, row))


def voice(telling: Telling) -> str:
    """Receipts call shops by another name; everybody else by the bank's."""
    return "receipt" if telling[0] == "receipt" else "bank"


def picked(choices: Any, number: int) -> Any:
    """The nth of a collection, round and round; None of an empty one."""
    found = list(choices)
    return found[number % len(found)] if found else None
