"""What apps contribute reaches those who ask, and nobody else has to name them."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from core import hooks
from core.scopes import all_scopes

TODAY = date(2026, 11, 24)


@pytest.fixture
def joined(monkeypatch):
    """Only what a test itself contributes."""
    monkeypatch.setattr(hooks, "_joined", [])
    monkeypatch.setattr(hooks, "enums", {})
    monkeypatch.setattr(hooks, "tags", [])
    monkeypatch.setattr(hooks, "schedule", {})
    return hooks.join


class Person:
    def __init__(self):
        self.pk = uuid4()


def due(day, name, kind="debt"):
    return hooks.Obligation(day=day, amount=Decimal(10), currency="EUR", name=name, kind=kind)


def test_what_nobody_contributed_is_empty(joined):
    assert list(hooks.joined()) == []
    assert hooks.obligations(None, today=TODAY, until=TODAY) == []
    assert hooks.debts_owed(Person(), today=TODAY) == {}


def test_obligations_of_all_apps_stand_in_the_order_of_days(joined):
    loan = due(date(2026, 12, 1), "Loan")
    trip, card = due(TODAY, "Trip", kind="goal"), due(TODAY, "Card")
    joined(hooks.Contributions(obligations=lambda user, *, today, until: [loan, card]))
    joined(hooks.Contributions(obligations=lambda user, *, today, until: [trip]))

    assert hooks.obligations(None, today=TODAY, until=date(2026, 12, 31)) == [card, trip, loan]


def test_who_asks_is_handed_on(joined):
    asked = []
    joined(
        hooks.Contributions(
            obligations=lambda user, *, today, until: asked.append((user, today, until)) or []
        )
    )

    hooks.obligations("alice", today=TODAY, until=date(2026, 12, 1))

    assert asked == [("alice", TODAY, date(2026, 12, 1))]


def test_debts_are_known_by_their_ids(joined):
    debt = hooks.OwedDebt(
        id=UUID(int=1),
        name="Card",
        currency="EUR",
        balance=Decimal(800),
        monthly_payment=Decimal(25),
        account_id=None,
    )
    alice, bob = Person(), Person()
    joined(hooks.Contributions(debts_owed=lambda people, *, today: {alice.pk: [debt]}))

    assert hooks.debts_owed(alice, today=TODAY) == {UUID(int=1): debt}
    assert hooks.debts_owed_of([alice.pk, bob.pk], today=TODAY) == {
        alice.pk: {UUID(int=1): debt},
        bob.pk: {},
    }


def test_schedules_enums_and_scopes_are_gathered(joined):
    joined(
        hooks.Contributions(
            scopes=(hooks.Scope("read:tea"),), enums={"TeaEnum": "tea.models.Tea.Kind"}, tags={"tea": "Hot."}
        )
    )
    joined(hooks.Contributions(scopes=(hooks.Scope("write:tea"),)))

    assert all_scopes() == ("read:tea", "write:tea")
    assert hooks.enums == {"TeaEnum": "tea.models.Tea.Kind"}
    assert hooks.tags == [{"name": "tea", "description": "Hot."}]
