"""What rules that put money aside look at, read for many people at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from goals.domain.contributions import ContributionRule as RuleKind
from goals.domain.contributions import Counted
from goals.domain.instalments import month_end
from goals.models import Contribution, ContributionRule, Goal
from goals.selectors.worth import units_in
from transactions.domain.kinds import TransactionKind
from transactions.models import Transaction
from transactions.selectors.months import LedgerMonth, whole_months_of
from users.models import User

LOOKED_BACK = timedelta(days=92)
MONTHS_BACK = 3
KEYS_A_QUERY = 5_000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger in the currency of its account."""

    id: UUID
    on: date
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a key was counted for: an amount for each goal, in its currency."""

    goals: dict[UUID, Decimal] = field(default_factory=dict)
    currencies: dict[UUID, str] = field(default_factory=dict)

    def add(self, goal_id: UUID, amount: Decimal, currency: str) -> None:
        self.goals[goal_id] = self.goals.get(goal_id, Decimal(0)) + amount
        self.currencies[goal_id] = currency

    def to_others(self, goal: Goal, *, on: date) -> int:
        """What other goals were given, in minor units of this goal's currency; without a rate it counts for nothing."""
        totals: dict[str, Decimal] = {}
        for pk, amount in self.goals.items():
            if pk != goal.pk:
                code = self.currencies[pk]
                totals[code] = totals.get(code, Decimal(0)) + amount
        return sum(units_in(total, code, goal.currency, on=on) or 0 for code, total in totals.items())


Ledger = Mapping[UUID, Sequence[LedgerRow]]
Months = Mapping[UUID, Sequence[LedgerMonth]]
Book = dict[tuple[UUID, str], Given]


def looked_at(
    rules: Sequence[ContributionRule], people: Mapping[UUID, User], *, today: date
) -> dict[UUID, list[Counted]]:
    """What each rule looks at, the oldest first, by the rules' ids; ``today`` is the day of all these people.

    That is posted income of the last 92 days, in any currency with a rate, for a share of income; purchases in the
    goal's currency for round-ups; what the last three whole months left over. None of it from before the rule's first
    day.
    """
    of_kind = {kind: [rule for rule in rules if rule.kind == kind] for kind in RuleKind}
    rows = {
        kind: _ledger(of_kind[kind], transaction_kind, today=today)
        for kind, transaction_kind in (
            (RuleKind.PERCENT_OF_INCOME, TransactionKind.INCOME),
            (RuleKind.ROUND_UP, TransactionKind.EXPENSE),
        )
    }
    saving = {rule.user_id for rule in of_kind[RuleKind.LEFT_OVER]}
    months = whole_months_of([people[pk] for pk in saving], today=today, most=MONTHS_BACK) if saving else {}
    return {
        rule.pk: list(
            _months(rule, people[rule.user_id], months[rule.user_id])
            if rule.kind == RuleKind.LEFT_OVER
            else _rows(rule, rows[RuleKind(rule.kind)].get(rule.user_id, ()), today=today)
        )
        for rule in rules
    }


def counted_before(people: Collection[UUID], keys: Collection[str]) -> Book:
    """What was put aside for these keys, by person and key."""
    asked, book = sorted(keys), Book()
    for start in range(0, len(asked), KEYS_A_QUERY):
        rows = Contribution.objects.filter(user__in=people, key__in=asked[start : start + KEYS_A_QUERY])
        for user_id, key, goal_id, amount, currency in rows.values_list(
            "user_id", "key", "goal_id", "amount", "goal__currency"
        ):
            book.setdefault((user_id, key), Given()).add(goal_id, amount, currency)
    return book


def _ledger(rules: Sequence[ContributionRule], kind: TransactionKind, *, today: date) -> Ledger:
    found: dict[UUID, list[LedgerRow]] = {}
    if not rules:
        return found
    rows = (
        Transaction.objects.live()
        .with_kind()
        .filter(
            user__in={rule.user_id for rule in rules},
            kind=kind,
            is_ignored=False,
            status=Transaction.Status.POSTED,
            date__gte=min(_since(rule, today) for rule in rules),
            date__lte=today,
        )
    )
    columns = ("user_id", "pk", "date", "account_amount", "account__currency")
    for user_id, *row in rows.order_by("date", "pk").values_list(*columns).iterator():
        found.setdefault(user_id, []).append(LedgerRow(*row))
    return found


def _since(rule: ContributionRule, today: date) -> date:
    return max(rule.first_on, today - LOOKED_BACK)


def _rows(rule: ContributionRule, rows: Sequence[LedgerRow], *, today: date) -> Iterator[Counted]:
    since, target = _since(rule, today), rule.goal.currency
    is_purchase = rule.kind == RuleKind.ROUND_UP
    for row in rows:
        if row.on < since or (is_purchase and (row.currency != target or row.amount >= 0)):
            continue
        units = units_in(-row.amount if is_purchase else row.amount, row.currency, target, on=row.on)
        if units is not None:
            yield Counted(f"{rule.kind}:{row.id}", row.on, units)


def _months(rule: ContributionRule, user: User, months: Sequence[LedgerMonth]) -> Iterator[Counted]:
    """What each month that has ended since the rule began left over, put aside on the day after."""
    for month in months:
        end = month_end(month.first)
        left = month.income - month.spending
        units = units_in(left, user.base_currency, rule.goal.currency, on=end)
        if end >= rule.first_on and units is not None:
            yield Counted(f"{rule.kind}:{month.first:%Y-%m}", end + ONE_DAY, units)
