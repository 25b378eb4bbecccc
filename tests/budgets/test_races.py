"""Two at once move money once, and what breaks in the middle leaves nothing behind."""

from decimal import Decimal
from typing import Any

import pytest

from budgets.models import Allocation, Move, Redistribution
from budgets.services import redistributing
from budgets.services.periods import open_period
from budgets.services.redistributing import redistribute_overspend, undo
from core.errors import DomainError
from tests.factories import AccountFactory, PersonFactory, TransactionFactory, act_of, category_of
from tests.racing import TIMES, needs_connections, racers

SPENDING = Redistribution.Trigger.SPENDING


def overspent_period(person):
    allocations = [
        {"category": category_of(person, code), "amount": Decimal(amount)}
        for code, amount in {"dining": 25, "entertainment": 100}.items()
    ]
    period = open_period(person, act=act_of(person), income_expected=Decimal(500), allocations=allocations)
    TransactionFactory(
        account=AccountFactory(user=person),
        category=category_of(person, "dining"),
        amount=Decimal(-35),
        date=period.first_on,
    )
    return period


def amounts(period) -> dict[str, Any]:
    rows = Allocation.objects.filter(period=period).select_related("category")
    return {row.category.code: row.amount for row in rows}


@needs_connections
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_moves_and_of_two_undos_one_restores():
    person = PersonFactory()
    period = overspent_period(person)
    act = act_of(person)
    with racers() as race:
        for _ in range(TIMES // 4):
            runs = race(
                lambda: redistribute_overspend(period, act=act, trigger=Redistribution.Trigger.REQUEST),
                lambda: redistribute_overspend(period, act=act, trigger=Redistribution.Trigger.REQUEST),
            )
            (kept,) = [run.kept for run in runs if run.kept is not None]
            assert amounts(period) == {"dining": 35, "entertainment": 90}
            undone = race(
                lambda kept=kept: undo(kept, act=act),
                lambda kept=kept: undo(kept, act=act),
            )
            (refused,) = [each for each in undone if isinstance(each, DomainError)]
            assert refused.get_codes() == "NOT_APPLIED"
            assert amounts(period) == {"dining": 25, "entertainment": 100}


@pytest.mark.django_db(transaction=True)
def test_a_run_that_breaks_in_the_middle_leaves_nothing_half_done(monkeypatch):
    period = overspent_period(PersonFactory())

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(redistributing, "_apply", killed)
    with pytest.raises(KeyboardInterrupt):
        redistribute_overspend(period, act=act_of(period.user), trigger=SPENDING)
    assert amounts(period) == {"dining": 25, "entertainment": 100}
    assert (Redistribution.objects.count(), Move.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert redistribute_overspend(period, act=act_of(period.user), trigger=SPENDING).kept is not None
