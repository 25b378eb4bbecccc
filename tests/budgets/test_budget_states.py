"""A budget keeps its promises in any order of events."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from rest_framework.exceptions import ValidationError

from budgets.domain.envelopes import Mode, Rollover
from budgets.models import Allocation, BudgetPeriod, Move, Redistribution
from budgets.selectors.calendars import calendar_month
from budgets.selectors.standing import standing
from budgets.services.allocations import change_allocation
from budgets.services.periods import open_period, roll_periods
from budgets.services.redistributing import redistribute_overspend, undo
from core.errors import DomainError
from tests.factories import AccountFactory, PersonFactory, act_of, category_of
from tests.stories import stories
from transactions.models import Transaction
from transactions.services.ledger import (
    record_transaction,
    restore_transaction,
    trash_transaction,
    update_transaction,
)

CODES = ("groceries", "dining", "entertainment", "shopping", "insurance")
amounts = st.integers(1, 30_000).map(lambda cents: Decimal(cents).scaleb(-2))


def refusal(attempt):
    """The code of the refusal; None where it was done."""
    try:
        attempt()
    except DomainError as refused:
        return refused.get_codes()
    except ValidationError as refused:
        return refused.get_codes()["amount"][0]
    return None


class Budget(RuleBasedStateMachine):
    rows = Bundle("rows")
    runs = Bundle("runs")

    def __init__(self):
        super().__init__()
        self.person = PersonFactory(base_currency="EUR")
        self.account = AccountFactory(user=self.person)
        self.today = date(2026, 1, 1)
        fields = [
            {"category": category_of(self.person, code), "amount": Decimal(100 + 50 * place)}
            for place, code in enumerate(CODES)
        ]
        self.period = open_period(
            self.person, act=self.act(), day=self.today, income_expected=Decimal(3000), allocations=fields
        )

    def act(self):
        return act_of(
            self.person, at=datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(hours=12)
        )

    def plans(self):
        return {row.pk: (row.amount, row.planned) for row in Allocation.objects.filter(period=self.period)}

    @rule(target=rows, code=st.sampled_from(CODES), amount=amounts, is_refund=st.booleans())
    def spend(self, code, amount, is_refund):
        return record_transaction(
            self.person,
            act=self.act(),
            account=self.account,
            date=self.today,
            amount=amount if is_refund else -amount,
            category=category_of(self.person, code),
        ).pk

    @rule(row=rows, amount=amounts)
    def edit(self, row, amount):
        live = Transaction.objects.filter(pk=row, deleted_at=None).first()
        if live is not None:
            update_transaction(live, act=self.act(), amount=-amount)

    @rule(row=rows)
    def delete(self, row):
        trash_transaction(Transaction.objects.get(pk=row), act=self.act())

    @rule(row=rows)
    def restore(self, row):
        restore_transaction(Transaction.objects.get(pk=row), act=self.act())

    @rule(target=runs, trigger=st.sampled_from(Redistribution.Trigger))
    def redistribute(self, trigger):
        before = self.plans()
        rows = {row.pk: row for row in Allocation.objects.filter(period=self.period)}
        run = redistribute_overspend(self.period, act=self.act(), trigger=trigger).kept
        if run is None:
            assert self.plans() == before
            return None
        place = self.period.span.index(self.today)
        for move in Move.objects.filter(redistribution=run):
            giver = rows[move.giver_id]
            assert not giver.is_essential
            assert not giver.is_locked
            assert giver.priority > rows[move.receiver_id].priority
        for pk, (_, planned) in self.plans().items():
            locked = [self.period.span.index(date.fromisoformat(day)) for day in rows[pk].locked_days]
            received = sum(planned) > sum(before[pk][1])
            assert all(
                planned[day] == before[pk][1][day] for day in locked if not (received and day == place)
            )
        return run.pk, before, self.plans(), self.period.pk

    @rule(made=runs)
    def undo(self, made):
        if made is None or made[3] != self.period.pk:
            return
        run, before, after, _ = made
        status = Redistribution.objects.get(pk=run).status
        now = self.plans()
        touched = {pk for pk in before if before[pk] != after[pk]}
        code = refusal(lambda: undo(Redistribution.objects.get(pk=run), act=self.act()))
        if code is None:
            assert status == Redistribution.Status.APPLIED
            assert {pk: self.plans()[pk] for pk in touched} == {pk: before[pk] for pk in touched}
        else:
            assert self.plans() == now
            changed = any(now[pk] != after[pk] for pk in touched)
            assert code == ("BUILT_UPON" if changed and status == "applied" else "NOT_APPLIED")

    @rule(code=st.sampled_from(CODES), amount=amounts)
    def set_amount(self, code, amount):
        self.change(code, amount=amount)

    @rule(code=st.sampled_from(CODES), mode=st.sampled_from(Mode), is_locked=st.booleans())
    def set_mode(self, code, mode, is_locked):
        self.change(code, mode=mode, is_locked=is_locked)

    @rule(
        code=st.sampled_from(CODES),
        days=st.sets(st.integers(0, 27), max_size=3),
        rollover=st.sampled_from(Rollover),
    )
    def lock(self, code, days, rollover):
        chosen = sorted((self.period.first_on + timedelta(days=day)).isoformat() for day in days)
        self.change(code, locked_days=chosen, rollover=rollover)

    def change(self, code, **fields):
        row = Allocation.objects.get(period=self.period, category__code=code)
        before = self.plans()
        code = refusal(lambda: change_allocation(row, act=self.act(), **fields))
        assert code in {None, "locked_days"}
        if code:
            assert self.plans() == before

    @precondition(lambda self: self.today < date(2026, 4, 1))
    @rule(days=st.integers(1, 20))
    def pass_time(self, days):
        self.today += timedelta(days=days)
        closing = self.period
        now = roll_periods(self.person, act=self.act())
        assert now is not None
        if now.pk != closing.pk:
            assert BudgetPeriod.objects.get(pk=closing.pk).status == BudgetPeriod.Status.CLOSED
        self.period = now

    @invariant()
    def the_days_are_the_allocation(self):
        for row in Allocation.objects.for_user(self.person):
            assert sum(row.planned) == row.amount * 100
            assert min(row.planned) >= 0

    @invariant()
    def moves_net_to_zero(self):
        stood = standing(self.period, mode=Mode.SPREAD)
        assert sum(stood.moved.values()) == 0

    @invariant()
    def spending_is_what_the_ledger_says(self):
        stood = standing(self.period, mode=Mode.SPREAD)
        rows = (
            Transaction.objects.for_user(self.person)
            .live()
            .filter(date__gte=self.period.first_on, date__lte=self.period.last_on)
        )
        told = sum(each.total_spent for each in stood.envelopes) + sum(stood.unplanned)
        assert told == -sum(row.amount for row in rows) * 100

    @invariant()
    def the_calendar_adds_up(self):
        shown = calendar_month(
            self.person,
            self.today.year,
            self.today.month,
            mode=Mode.SPREAD,
            today=self.today,
            by_category=False,
        )
        allotted = sum(row.amount for row in Allocation.objects.filter(period=self.period))
        assert sum(day.planned + day.bills.planned + day.savings.planned for day in shown.days) == allotted


@pytest.mark.slow
@pytest.mark.django_db
def test_a_budget_adds_up_whatever_happens():
    run_state_machine_as_test(
        Budget,
        settings=settings(
            max_examples=stories("BUDGET_STORIES", 20),
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
