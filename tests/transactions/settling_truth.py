"""What a ledger should hold where purchases are told of as pending first and as posted later."""

from decimal import Decimal
from uuid import UUID

from tests.transactions.ledger_truth import LIVE, Telling, Truth
from tests.transactions.settling_world import STATEMENTS, Told
from transactions.models import Transaction

MOST = Decimal("1.30")
"""Of what was authorised, as much as is settled with a tip."""


class SettlingTruth(Truth):
    """``booked`` are the tellings that say posted, ``origin`` is who told first of a row.

    The status and amount of a row that is ``left_as_it_is`` come from nobody who still tells of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.booked: set[Telling] = set()
        self.left_as_it_is: set[UUID] = set()
        self.amounts: dict[Telling, Decimal] = {}
        self.origin: dict[UUID, Telling] = {}

    def may_be(self, telling: Telling, told: Told, rows: dict[UUID, Transaction]) -> set[UUID]:
        """The rows that a new telling is of; none where it is the first to be heard of."""
        live = set(self.live(told.of.number))
        trashed = {pk for pk in self.trashed() if self.rows[pk].purchase == told.of.number}
        known = live if telling[0] == "manual" else live | trashed
        said = {pk for pk in known if (telling, pk) in self.same}
        fitting = {
            pk
            for pk in known
            if (telling, pk) not in self.apart
            and self._is_open(pk, telling[0], told)
            and self._is_of_amount(rows[pk], told)
        }
        return said & live or said or fitting & live or fitting

    def books(self, telling: Telling, told: Told) -> bool:
        """Whether it is heard of as pending before; a statement says nothing of what the person deleted."""
        if not told.is_posted or telling in self.booked or telling not in self.place:
            return False
        return telling[0] not in STATEMENTS or self.rows[self.place[telling]].state == LIVE

    def told_twice(self) -> list[UUID]:
        return [pk for pk in self.live() if len(self.rows[pk].tellings) > 1]

    def leave(self, telling: Telling, *, has_settled: bool) -> None:
        """What made a row, or booked it under its old name, leaves it as it is where no other machine says more."""
        row = self.place[telling]
        others = self.rows[row].tellings - {telling}
        is_last = telling in self.booked and not has_settled and not others & self.booked
        if is_last or all(channel == "manual" for channel, _ in others):
            self.left_as_it_is.add(row)

    def undo(self, number: int) -> None:
        for telling in [each for each, by in self.brought_by.items() if by == number]:
            self.booked.discard(telling)
            del self.amounts[telling]
        super().undo(number)

    def merge(self, kept: UUID, left: UUID) -> None:
        super().merge(kept, left)
        self.left_as_it_is |= {kept, left}

    def split_off(self, telling: Telling, *, own: UUID) -> None:
        super().split_off(telling, own=own)
        self.origin.setdefault(own, telling)

    def hear(self, telling: Telling, told: Told, *, row: UUID, by: int | None = None) -> None:
        if told.is_posted and (telling not in self.place or self.books(telling, told)):
            self.booked.add(telling)
        self.amounts.setdefault(telling, told.amount)
        self.origin.setdefault(row, telling)
        self.tell(telling, told.of.number, row=row, by=by)

    def _is_open(self, pk: UUID, channel: str, told: Told) -> bool:
        heard = {each for each in self.rows[pk].tellings if each[0] == channel}
        return not heard & self.booked and (told.is_posted or not heard)

    def _is_of_amount(self, row: Transaction, told: Told) -> bool:
        if told.amount in {row.amount, *(self.amounts[each] for each in self.rows[row.pk].tellings)}:
            return True
        awaits_a_tip = row.status == "pending" and told.is_posted and told.of.takes_tips
        return awaits_a_tip and row.amount > told.amount >= row.amount * MOST
