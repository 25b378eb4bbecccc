"""Whatever sources tell and a person does, in any order: each purchase is in the ledger once."""

import datetime as dt
from decimal import Decimal
from typing import Any

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
from tests.transactions.ledger_truth import LIVE, TRASHED, Telling, Truth, picked
from tests.transactions.ledger_world import OF_ACCOUNT, PURCHASES, SHOPPING, Purchase, World
from transactions.models import Sighting
from transactions.services.entering import enter_transaction
from transactions.services.ledger import restore_transaction, trash_transaction, update_transaction
from transactions.services.linking import find_links
from transactions.services.merging import merge_transactions, split_off
from transactions.services.rules import active_rules, apply_rules, create_rule
from transactions.services.transfers import link_transfer, unlink_transfer

BY_AMOUNT = {purchase.amount: purchase for purchase in PURCHASES}
numbers = st.integers(0, 11)
has_rows = precondition(lambda self: self.truth.live())
spans = st.sampled_from(["everyday", "everyday", "savings"]).flatmap(
    lambda name: st.lists(st.sampled_from(OF_ACCOUNT[name]), min_size=1, max_size=5, unique=True)
)


def telling_of(sighting: Sighting) -> Telling:
    source = sighting.channel or sighting.source
    number = BY_AMOUNT[sighting.amount].number
    return source, sighting.pk.hex if source == "manual" else str(number)


class Ledger(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.world, self.truth, self.edits = World(), Truth(), 0
        self.seen, self.last_entry = checks.picture(self.world), self._last_entry()

    # What sources tell

    @rule(kind=st.sampled_from(["csv", "ofx"]), purchases=spans, restores=st.booleans())
    def a_statement_comes(self, kind: str, purchases: list[Purchase], restores: bool) -> None:
        expected = [self._expect((kind, str(each.number)), each) for each in purchases]
        self.world.send(kind, purchases, restore_deleted=restores)
        for each, rows in zip(purchases, expected, strict=True):
            self._heard(
                (kind, str(each.number)), each, rows, by=len(self.world.imports) - 1, restores=restores
            )

    @rule(purchase=st.sampled_from(PURCHASES))
    def a_mail_comes(self, purchase: Purchase) -> None:
        self._tell("email", purchase, account=purchase.account, text=purchase.text)

    @rule(purchase=st.sampled_from(SHOPPING))
    def a_mail_comes_that_names_no_account(self, purchase: Purchase) -> None:
        self._tell("email", purchase, account=None, text=purchase.text)

    @rule(purchase=st.sampled_from(SHOPPING))
    def a_receipt_comes_in_other_words(self, purchase: Purchase) -> None:
        self._tell(
            "receipt", purchase, account="everyday", text=f"QUORUM {'ABCD'[purchase.number] * 6} XYZZY"
        )

    def _tell(self, source: str, purchase: Purchase, *, account: str | None, text: str) -> None:
        telling = (source, str(purchase.number))
        expected = self._expect(telling, purchase)
        self.world.tell(source, purchase, account=account and self.world.accounts[account], text=text)
        self._heard(telling, purchase, expected)

    # What the person does

    @rule(purchase=st.sampled_from(PURCHASES), is_separate=st.booleans())
    def the_person_types_it(self, purchase: Purchase, is_separate: bool) -> None:
        allowed = set() if is_separate else self.truth.may_join(("manual", ""), purchase.number)
        row, is_new = enter_transaction(
            self.world.user,
            act=self.world.act,
            account=self.world.accounts[purchase.account],
            is_separate=is_separate,
            date=purchase.day,
            amount=purchase.amount,
            description=purchase.text,
        )
        assert is_new is not bool(allowed)
        assert is_new or row.pk in allowed
        (typed,) = [each for each in row.sightings.all() if each.source == "manual"]
        self.truth.tell(telling_of(typed), purchase.number, row=row.pk)

    @has_rows
    @rule(
        number=numbers, what=st.sampled_from(["amount", "category", "splits", "date", "description", "notes"])
    )
    def the_person_edits(self, number: int, what: str) -> None:
        row = self._row(number)
        if row.transfer_id and what == "amount":
            return
        self.edits += 1
        first, second = self.world.categories[:2]
        amount = row.amount - 1000 - self.edits if row.amount < 0 else row.amount + 1000 + self.edits
        fields: dict[str, Any] = {
            "amount": {"amount": amount, "splits": []},
            "category": {"category": picked(self.world.categories, self.edits)},
            "splits": {"splits": [{"amount": Decimal("-1.00"), "category": first},
                                  {"amount": row.amount + 1, "category": second}]},
            "date": {"date": PURCHASES[self.truth.rows[row.pk].purchase].day + dt.timedelta(days=2)},
            "description": {"description": f"MY WORDS {self.edits}"},
            "notes": {"notes": f"note {self.edits}"},
        }[what]  # fmt: skip
        update_transaction(row, act=self.world.act, **fields)
        if what == "amount":
            self.truth.rows[row.pk].speaks = ""

    @has_rows
    @rule(number=numbers)
    def the_person_deletes(self, number: int) -> None:
        row = self._row(number)
        if not row.transfer_id:
            trash_transaction(row, act=self.world.act)
            self.truth.rows[row.pk].state = TRASHED

    @precondition(lambda self: self.truth.trashed())
    @rule(number=numbers)
    def the_person_restores(self, number: int) -> None:
        pk = picked(self.truth.trashed(), number)
        restore_transaction(self.world.rows().get(pk=pk), act=self.world.act)
        self.truth.rows[pk].state = LIVE

    @has_rows
    @rule(number=numbers, other=numbers)
    def the_person_merges(self, number: int, other: int) -> None:
        kept = self._row(number)
        left = self._row(other, purchase=self.truth.rows[kept.pk].purchase)
        if left.pk == kept.pk or left.transfer_id:
            with pytest.raises(DomainError) as refusal:
                merge_transactions(kept, act=self.world.act, other=left)
            assert refusal.value.get_codes() == "NOT_ONE_PURCHASE"
            return
        merge_transactions(kept, act=self.world.act, other=left)
        self.truth.merge(kept.pk, left.pk)

    @has_rows
    @rule(number=numbers, which=numbers)
    def the_person_splits_off(self, number: int, which: int) -> None:
        row = self._row(number)
        sighting = picked(row.sightings.order_by("pk"), which)
        telling = telling_of(sighting)
        if self.truth.leaving_with(telling) == self.truth.rows[row.pk].tellings:
            with pytest.raises(DomainError) as refusal:
                split_off(row, act=self.world.act, sighting=sighting)
            assert refusal.value.get_codes() == "LAST_SIGHTING"
            return
        back = self.truth.comes_back(telling)
        own = split_off(row, act=self.world.act, sighting=sighting)
        assert own.pk == back if back else own.pk not in self.truth.rows
        self.truth.split_off(telling, own=own.pk)

    @precondition(lambda self: self.world.imports)
    @rule(number=numbers)
    def the_person_undoes_an_import(self, number: int) -> None:
        place = number % len(self.world.imports)
        undo_import(self.world.imports[place], act=self.world.act)
        self.truth.undo(place)

    @rule()
    def the_person_links_a_transfer(self) -> None:
        out, come = (self._row(0, purchase=each) for each in (4, 5))
        if out is None or come is None or out.transfer_id or come.transfer_id or out.amount + come.amount:
            return
        link_transfer(self.world.user, act=self.world.act, outflow=out, inflow=come)

    @precondition(lambda self: self.world.rows().filter(transfer__isnull=False).exists())
    @rule()
    def the_person_takes_a_transfer_apart(self) -> None:
        linked = self.world.rows().filter(transfer__isnull=False).first()
        unlink_transfer(linked.transfer, act=self.world.act)

    @rule(number=numbers, is_transfer=st.booleans())
    def the_person_makes_a_rule(self, number: int, is_transfer: bool) -> None:
        fields = (
            {"is_transfer": True} if is_transfer else {"set_category": picked(self.world.categories, number)}
        )
        text = picked(PURCHASES, number).text
        create_rule(self.world.user, act=self.world.act, name=text, text=text, **fields)
        rules = active_rules(self.world.user)
        apply_rules(self.world.user, self.world.rows().live(), act=self.world.act, rules=rules)

    @rule()
    def the_machine_looks_for_links(self) -> None:
        find_links(self.world.user, act=self.world.act, first=PURCHASES[0].day)

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
    def the_ledger_is_sound(self) -> None:
        checks.assert_balances(self.world)
        assert not self.world.rows().live().filter(status="pending").exists()
        checks.assert_evidence(self.world)

    @invariant()
    def the_audit_trail_is_complete(self) -> None:
        before, self.seen = self.seen, checks.picture(self.world)
        checks.assert_audited(self.world, before, self.seen, since=self.last_entry)
        self.last_entry = self._last_entry()

    def _expect(self, telling: Telling, purchase: Purchase) -> set[Any]:
        known = self.truth.place.get(telling)
        return self.truth.may_join(telling, purchase.number) if known is None else {known}

    def _heard(
        self,
        telling: Telling,
        purchase: Purchase,
        allowed: set[Any],
        *,
        by: int | None = None,
        restores: bool = False,
    ) -> None:
        (row,) = [each.transaction_id for each in self.world.sightings() if telling_of(each) == telling]
        assert row in allowed if allowed else row not in self.truth.rows
        self.truth.tell(telling, purchase.number, row=row, by=None if telling in self.truth.place else by)
        if restores and self.truth.rows[row].state == TRASHED:
            self.truth.rows[row].state = LIVE

    def _row(self, number: int, *, purchase: int | None = None) -> Any:
        pk = picked(self.truth.live(purchase), number)
        return None if pk is None else self.world.rows().select_related("account").get(pk=pk)

    def _last_entry(self) -> int:
        return AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0


@pytest.mark.slow
@pytest.mark.django_db
def test_each_purchase_stays_one_whatever_happens() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=stories("LEDGER_STORIES", 25),
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            # To shorten a story takes longer than to read it.
            phases=[Phase.generate],
        ),
    )
