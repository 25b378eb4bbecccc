"""Following a person into another base currency."""

from decimal import Decimal

from django.db import transaction

from budgets.domain.spreading import spread
from budgets.models import Allocation, BudgetPeriod, BudgetSettings, Move
from core.audit import Act, entry, record
from core.domain.money import plain, round_to_minor, to_minor
from core.jobs import enqueue
from core.models import AuditEntry
from transactions.selectors.rates import converted
from users.models import User


def start_changing_currency(user: User) -> None:
    """Have the open budgets of a person converted, after a change of their base currency."""
    enqueue("budgets.change_currency", user_id=str(user.pk))


@transaction.atomic
def change_currency(user: User, *, act: Act) -> int:
    """Convert the open periods of a person into their base currency at today's rate; returns how many.

    Every allocation is rounded half-even, and its days are in the proportions that they had. What was moved cannot be
    undone any more. Where there is no rate the figures stay, and are then of the new currency: nobody knows better.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    open_ones = BudgetPeriod.objects.for_user(user).filter(status=BudgetPeriod.Status.OPEN)
    others = open_ones.exclude(currency=user.base_currency).select_related("user").order_by("first_on")
    periods = list(others.select_for_update(of=("self",), no_key=True))
    for period in periods:
        _convert(period, user=user, act=act)
    if periods:
        settings = BudgetSettings.objects.filter(user=user).first()
        if settings is not None:
            settings.buffer = _worth(settings.buffer, periods[-1], user, act)
            settings.save(update_fields=["buffer"])
    return len(periods)


def _convert(period: BudgetPeriod, *, user: User, act: Act) -> None:
    before, target = period.currency, user.base_currency
    allocations = list(Allocation.objects.filter(period=period))
    entries = []
    for row in allocations:
        amount = row.amount
        row.amount, row.rolled_in = (_worth(each, period, user, act) for each in (row.amount, row.rolled_in))
        row.planned = list(spread(to_minor(row.amount, target), row.planned))
        row.by_hand, row.updated_at = {}, act.at
        changes = {"amount": [plain(amount, before), plain(row.amount, target)]}
        entries.append(entry(row, act=act, action=AuditEntry.Action.UPDATED, changes=changes))
    Allocation.objects.bulk_update(allocations, ["amount", "rolled_in", "planned", "by_hand", "updated_at"])
    AuditEntry.objects.bulk_create(entries)
    moves = list(Move.objects.filter(redistribution__period=period))
    for move in moves:
        move.amount = _worth(move.amount, period, user, act)
    Move.objects.bulk_update([move for move in moves if move.amount], ["amount"])
    period.income_expected = _worth(period.income_expected, period, user, act)
    period.currency = target
    period.save(update_fields=["income_expected", "currency", "updated_at"])
    record(period, act=act, action=AuditEntry.Action.UPDATED, changes={"currency": [before, target]})


def _worth(amount: Decimal, period: BudgetPeriod, user: User, act: Act) -> Decimal:
    found = converted(amount, source=period.currency, target=user.base_currency, on=user.today(act.at))
    return round_to_minor(amount if found is None else found, user.base_currency)
