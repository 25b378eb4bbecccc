"""What is pending is settled, comes back and is taken apart, in any order: each purchase is in the ledger once."""

from typing import Any
from uuid import UUID

import pytest
from django.db.models import Max
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import DomainError
from core.models import AuditEntry
from ingest.services.requests import undo_import
from tests.stories import stories
from tests.transactions import ledger_checks as checks
from tests.transactions.ledger_truth import LIVE, TRASHED, Telling, picked
from tests.transactions.settling_truth import SettlingTruth
from tests.transactions.settling_world import (
    BACK,
    BOUGHT,
    SPENDING,
    STATEMENTS,
    TELLABLE,
    SettlingWorld,
    Told,
    telling_of,
)
from transactions.models import Sighting
from transactions.services.entering import enter_transaction
from transactions.services.ledger import restore_transaction, trash_transaction
from transactions.services.linking import find_links, link_refund
from transactions.services.merging import merge_transactions, split_off

numbers = st.integers(0, 11)
tellable = st.sampled_from(TELLABLE)
lists = st.lists(tellable, min_size=3, max_size=6, unique_by=lambda told: told.of.number)
has_rows = precondition(lambda self: self.truth.live())


class Ledger(RuleBasedStateMachine):
    @initialize(kind=st.sampled_from(STATEMENTS))
    def open(self, kind: str) -> None:
        self.world, self.truth = SettlingWorld(), SettlingTruth()
        self.apart: set[tuple[UUID, UUID]] = set()
        self.seen, self.last_entry = checks.picture(self.world), self._last_entry()
        self.a_statement_comes(kind, [Told(of, is_posted=False) for of in SPENDING])

    # What sources tell

    @precondition(lambda self: self._pending())
    @rule(number=numbers, channel=st.sampled_from([*STATEMENTS, "email"]))
    def what_is_pending_is_settled(self, number: int, channel: str) -> None:
        told = Told(SPENDING[picked(self._pending(), number)], is_posted=True)
        if channel == "email":
            self.a_mail_comes(told, names_account=True)
        else:
            self.a_statement_comes(channel, [told])

    @rule(kind=st.sampled_from(STATEMENTS), told=lists)
    def a_statement_comes(self, kind: str, told: list[Told]) -> None:
        expected = [self._expect(each.known_as(kind), each) for each in told]
        books = [each for each in told if self.truth.books(each.known_as(kind), each)]
        statement = self.world.state(kind, told)
        assert statement.rows_updated == len(books)
        for each, rows in zip(told, expected, strict=True):
            self._heard(each.known_as(kind), each, rows, by=len(self.world.imports) - 1)

    @rule(told=tellable, names_account=st.booleans())
    def a_mail_comes(self, told: Told, names_account: bool) -> None:
        telling = told.known_as("email")
        expected = self._expect(telling, told)
        # Of an unknown account and with a tip, it is too unlike for what is typed.
        is_known = names_account or told.of.takes_tips
        self.world.mail(told, account=self.world.accounts["everyday"] if is_known else None)
        self._heard(telling, told, expected)

    @rule(told=tellable)
    def the_person_types_it(self, told: Told) -> None:
        allowed = self._expect(("manual", ""), told)
        row, is_new = enter_transaction(
            self.world.user,
            act=self.world.act,
            account=self.world.accounts["everyday"],
            date=told.day,
            amount=told.amount,
            description=told.of.text,
            status=told.status,
        )
        assert is_new is not bool(allowed)
        assert is_new or row.pk in allowed
        (typed,) = [
            each
            for each in row.sightings.all()
            if each.source == "manual" and ("manual", each.pk.hex) not in self.truth.place
        ]
        self.truth.hear(("manual", typed.pk.hex), told, row=row.pk)

    # What the person does

    @has_rows
    @rule(number=numbers)
    def the_person_deletes(self, number: int) -> None:
        row = self._row(number)
        trash_transaction(row, act=self.world.act)
        self.truth.rows[row.pk].state = TRASHED

    @precondition(lambda self: self.truth.trashed())
    @rule(number=numbers)
    def the_person_restores(self, number: int) -> None:
        pk = picked(self.truth.trashed(), number)
        if self._is_refund(pk):
            return
        restore_transaction(self.world.rows().get(pk=pk), act=self.world.act)
        self.truth.rows[pk].state = LIVE

    @has_rows
    @rule(number=numbers, other=numbers)
    def the_person_merges(self, number: int, other: int) -> None:
        kept = self._row(number)
        left = self._row(other, purchase=self.truth.rows[kept.pk].purchase)
        if left.pk == kept.pk or left.refunds.exists():
            with pytest.raises(DomainError) as refusal:
                merge_transactions(kept, act=self.world.act, other=left)
            assert refusal.value.get_codes() == "NOT_ONE_PURCHASE"
            return
        merge_transactions(kept, act=self.world.act, other=left)
        self.truth.merge(kept.pk, left.pk)

    @precondition(lambda self: self.truth.told_twice())
    @rule(number=numbers, which=numbers)
    def the_person_splits_off(self, number: int, which: int) -> None:
        row = self.world.rows().get(pk=picked(self.truth.told_twice(), number))
        self._split_off(picked(row.sightings.order_by("pk"), which))

    @precondition(lambda self: self._settling())
    @rule(number=numbers)
    def the_person_splits_off_what_settled_a_row(self, number: int) -> None:
        self._split_off(picked(self._settling(), number))

    def _split_off(self, sighting: Sighting) -> None:
        telling, row = telling_of(sighting), sighting.transaction
        if self.truth.leaving_with(telling) == self.truth.rows[row.pk].tellings:
            with pytest.raises(DomainError) as refusal:
                split_off(row, act=self.world.act, sighting=sighting)
            assert refusal.value.get_codes() == "LAST_SIGHTING"
            return
        back = self.truth.comes_back(telling)
        if back and self._is_refund(back):
            return
        own = split_off(row, act=self.world.act, sighting=sighting)
        assert own.pk == back if back else own.pk not in self.truth.rows
        assert back or (own.amount, own.status) == (sighting.amount, sighting.status)
        self.truth.leave(telling, has_settled="status" in sighting.changes)
        self.truth.split_off(telling, own=own.pk)

    @precondition(lambda self: self.world.imports)
    @rule(number=numbers)
    def the_person_undoes_an_import(self, number: int) -> None:
        place = number % len(self.world.imports)
        for sighting in self.world.sightings().filter(import_id=self.world.imports[place].pk):
            self.truth.leave(telling_of(sighting), has_settled="status" in sighting.changes)
        undo_import(self.world.imports[place], act=self.world.act)
        self.truth.undo(place)

    @rule(number=numbers, which=numbers)
    def the_person_says_what_a_refund_is_of(self, number: int, which: int) -> None:
        row = self._row(number, purchase=picked(BACK, which).number)
        purchase = self._row(number, purchase=BOUGHT.number)
        if row is None or purchase is None:
            return
        others = self.world.rows().live().filter(refund_of=purchase).exclude(pk=row.pk)
        if sum(each.amount for each in others) + row.amount > -purchase.amount:
            with pytest.raises(DomainError) as refusal:
                link_refund(row, act=self.world.act, purchase=purchase)
            assert refusal.value.get_codes() == "REFUND_NOT_POSSIBLE"
            return
        link_refund(row, act=self.world.act, purchase=purchase)
        self.apart.discard((row.pk, purchase.pk))

    @precondition(lambda self: any(map(self._is_refund, self.truth.live())))
    @rule(number=numbers)
    def the_person_says_that_it_is_of_none(self, number: int) -> None:
        row = self.world.rows().get(pk=picked(filter(self._is_refund, self.truth.live()), number))
        self.apart.add((row.pk, row.refund_of_id))
        link_refund(row, act=self.world.act, purchase=None)

    @rule()
    def the_machine_looks_for_links(self) -> None:
        find_links(self.world.user, act=self.world.act, first=TELLABLE[0].day)

    # What holds after each of these

    @invariant()
    def each_telling_is_where_it_belongs(self) -> None:
        found = {telling_of(each): each.transaction_id for each in self.world.sightings()}
        assert found == self.truth.place
        assert self.world.sightings().count() == len(found)

    @invariant()
    def no_purchase_is_lost_or_counted_twice(self) -> None:
        live = set(self.world.rows().live().values_list("pk", flat=True))
        assert live == set(self.truth.live())
        assert set(self.world.rows().trashed().values_list("pk", flat=True)) == set(self.truth.trashed())

    @invariant()
    def what_is_settled_is_booked_with_what_was_paid(self) -> None:
        for row in self.world.rows().live().exclude(pk__in=self.truth.left_as_it_is):
            tellings = self.truth.rows[row.pk].tellings
            booked = tellings & self.truth.booked
            # What is typed says so of a row that it makes, and not of one that a bank told of before.
            if any(each[0] != "manual" or each == self.truth.origin.get(row.pk) for each in booked):
                assert row.status == "posted"
                assert row.amount in {self.truth.amounts[each] for each in booked}
            else:
                assert row.status == "pending", (row.pk, tellings)
                assert row.amount in {self.truth.amounts[each] for each in tellings}

    @invariant()
    def no_more_comes_back_than_was_paid(self) -> None:
        live = self.world.rows().live()
        for purchase in self.world.rows().filter(refunds__isnull=False).distinct():
            refunds = live.filter(refund_of=purchase)
            assert sum(each.amount for each in refunds) <= -purchase.amount
        linked = set(live.filter(refund_of__isnull=False).values_list("pk", "refund_of_id"))
        assert not linked & self.apart

    @invariant()
    def the_ledger_is_sound(self) -> None:
        checks.assert_balances(self.world)
        checks.assert_evidence(self.world)

    @invariant()
    def the_audit_trail_is_complete(self) -> None:
        before, self.seen = self.seen, checks.picture(self.world)
        checks.assert_audited(self.world, before, self.seen, since=self.last_entry)
        self.last_entry = self._last_entry()

    def _expect(self, telling: Telling, told: Told) -> set[UUID]:
        known = self.truth.place.get(telling)
        if known is not None:
            return {known}
        rows = {row.pk: row for row in self.world.rows()}
        return self.truth.may_be(telling, told, rows)

    def _heard(self, telling: Telling, told: Told, allowed: set[UUID], *, by: int | None = None) -> None:
        (row,) = [each.transaction_id for each in self.world.sightings() if telling_of(each) == telling]
        assert row in allowed if allowed else row not in self.truth.rows
        self.truth.hear(telling, told, row=row, by=None if telling in self.truth.place else by)

    def _pending(self) -> list[int]:
        """The purchases with a row that is not settled yet, and may be."""
        waiting = set(self.world.rows().live().filter(status="pending").values_list("pk", flat=True))
        found = [self.truth.rows[pk].purchase for pk in self.truth.live() if pk in waiting]
        return [number for number in found if number < len(SPENDING)]

    def _settling(self) -> list[Sighting]:
        """What has turned a row from pending to posted, in the order of the rows."""
        found = self.world.sightings().filter(changes__has_key="status", transaction__in=self.truth.live())
        by_row = {sighting.transaction_id: sighting for sighting in found.select_related("transaction")}
        return [by_row[pk] for pk in self.truth.live() if pk in by_row]

    def _is_refund(self, pk: UUID) -> bool:
        return self.world.rows().filter(pk=pk, refund_of__isnull=False).exists()

    def _row(self, number: int, *, purchase: int | None = None) -> Any:
        pk = picked(self.truth.live(purchase), number)
        return None if pk is None else self.world.rows().select_related("account").get(pk=pk)

    def _last_entry(self) -> int:
        return AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_settled_stays_one_whatever_happens() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=stories("LEDGER_STORIES", 15),
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            # To shorten a story takes longer than to read it.
            phases=[Phase.generate],
        ),
    )
