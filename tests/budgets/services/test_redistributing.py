"""Money moved between categories, as it is kept."""

from datetime import timedelta
from decimal import Decimal

import pytest

from budgets.domain.envelopes import Mode
from budgets.models import Allocation, Move, Redistribution
from budgets.selectors.standing import standing
from budgets.services.allocations import add_allocation, change_allocation
from budgets.services.periods import open_period
from budgets.services.redistributing import agree, dismiss, redistribute_overspend, undo
from core.errors import DomainError
from tests.factories import NOW, AccountFactory, PersonFactory, TransactionFactory, act_of, category_of

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
REQUEST, SPENDING = Redistribution.Trigger.REQUEST, Redistribution.Trigger.SPENDING


@pytest.fixture
def alice():
    return PersonFactory(locale="en-US", base_currency="USD")


@pytest.fixture
def period(alice):
    opened = open_period(alice, act=act_of(alice), income_expected=Decimal(3000), allocations=[])
    for code, amount in {"dining": 25, "entertainment": 100, "groceries": 400}.items():
        add_allocation(opened, act=act_of(alice), category=category_of(alice, code), amount=Decimal(amount))
    return opened


@pytest.fixture
def spend(alice):
    account = AccountFactory(user=alice, currency="USD")

    def _spend(code, amount, day=TODAY):
        return TransactionFactory(
            account=account, category=category_of(alice, code), amount=-Decimal(amount), date=day
        )

    return _spend


def allocation(period, code):
    return Allocation.objects.get(period=period, category__code=code)


def amounts(period):
    rows = Allocation.objects.filter(period=period)
    return {row.category.code: row.amount for row in rows.select_related("category")}


def run(period, *, trigger=SPENDING, **options):
    return redistribute_overspend(period, act=act_of(period.user), trigger=trigger, **options)


def test_dining_over_by_ten_takes_ten_from_entertainment_and_says_so(period, spend):
    spend("dining", 35)
    done = run(period)
    assert (
        done.message == "Budget adjusted: Restaurants and bars +$10.00, Entertainment \N{MINUS SIGN}$10.00."
    )
    assert amounts(period) == {"dining": 35, "entertainment": 90, "groceries": 400}
    move = Move.objects.get()
    assert (move.amount, move.giver.category.code, move.receiver.category.code) == (
        10,
        "entertainment",
        "dining",
    )
    for row in Allocation.objects.filter(period=period):
        assert sum(row.planned) == row.amount * 100


def test_a_preview_changes_nothing(period, spend):
    spend("dining", 35)
    before = amounts(period)
    assert len(run(period, dry_run=True).outcome.moves) == 1
    assert amounts(period) == before
    assert not Redistribution.objects.exists()


def test_again_moves_nothing_again(period, spend):
    spend("dining", 35)
    run(period)
    assert run(period).kept is None
    assert Move.objects.count() == 1


def test_undo_restores_exactly_and_no_machine_repeats_it(period, spend):
    plans = {row.pk: row.planned for row in Allocation.objects.filter(period=period)}
    before = amounts(period)
    spend("dining", 35)
    undo(run(period).kept, act=act_of(period.user))
    assert amounts(period) == before
    assert {row.pk: row.planned for row in Allocation.objects.filter(period=period)} == plans
    assert run(period).kept is None
    assert run(period, trigger=REQUEST).kept is not None


def test_undo_is_refused_while_something_later_builds_on_it(period, spend):
    spend("dining", 35)
    first = run(period).kept
    spend("dining", 5)
    second = run(period).kept
    with pytest.raises(DomainError) as refused:
        undo(first, act=act_of(period.user))
    assert refused.value.get_codes() == "BUILT_UPON"
    assert refused.value.details["later"] == [str(second.pk)]
    undo(second, act=act_of(period.user))
    undo(first, act=act_of(period.user))
    assert amounts(period) == {"dining": 25, "entertainment": 100, "groceries": 400}


def test_undo_is_refused_after_a_change_by_hand(period, spend):
    spend("dining", 35)
    done = run(period).kept
    change_allocation(allocation(period, "entertainment"), act=act_of(period.user), amount=Decimal(50))
    with pytest.raises(DomainError) as refused:
        undo(done, act=act_of(period.user))
    assert refused.value.get_codes() == "BUILT_UPON"
    assert amounts(period)["dining"] == 35


def test_who_wants_to_be_asked_is_asked(period, spend):
    dining = allocation(period, "dining")
    change_allocation(dining, act=act_of(period.user), mode=Mode.ASK)
    spend("dining", 35)
    run(period)
    run(period)
    proposed = Redistribution.objects.get()
    assert proposed.status == Redistribution.Status.PROPOSED
    assert amounts(period)["dining"] == 25
    agree(proposed, act=act_of(period.user))
    assert amounts(period) == {"dining": 35, "entertainment": 90, "groceries": 400}


def test_what_was_dismissed_is_not_proposed_again(period, spend):
    change_allocation(allocation(period, "dining"), act=act_of(period.user), mode=Mode.ASK)
    spend("dining", 35)
    run(period)
    dismiss(Redistribution.objects.get(), act=act_of(period.user))
    run(period)
    assert [each.status for each in Redistribution.objects.all()] == [Redistribution.Status.DISMISSED]


def test_a_proposal_for_a_plan_that_changed_is_refused(period, spend):
    change_allocation(allocation(period, "dining"), act=act_of(period.user), mode=Mode.ASK)
    spend("dining", 35)
    run(period)
    change_allocation(allocation(period, "entertainment"), act=act_of(period.user), amount=Decimal(10))
    with pytest.raises(DomainError) as refused:
        agree(Redistribution.objects.get(), act=act_of(period.user))
    assert refused.value.get_codes() == "PLAN_CHANGED"
    assert amounts(period)["dining"] == 25


def test_spending_of_a_category_below_counts_for_the_one_above(period, spend):
    spend("games", 30)
    spend("transfer", 99)
    stood = standing(period, mode=Mode.SPREAD)
    spent = {each.name: each.total_spent for each in stood.envelopes}
    assert spent == {"Groceries": 0, "Restaurants and bars": 0, "Entertainment": 3000}


def test_spending_without_an_allocation_is_told_as_unplanned(period, spend):
    spend("clothing", 30, day=TODAY - timedelta(days=3))
    unplanned = standing(period, mode=Mode.SPREAD).unplanned
    assert (sum(unplanned), unplanned[11]) == (3000, 3000)
