"""Keeping how people stand."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from core.audit import Act, record_each
from core.domain.money import LARGEST_KEPT, from_minor
from core.errors import DomainError
from core.models import AuditEntry
from core.serializers import drawn
from goals.models import Snapshot
from goals.selectors.finances import Finances, finances_of
from users.models import User

# What a column of 19 digits with one decimal holds.
LARGEST_RATIO = Decimal(10) ** 18


def take_snapshot(user: User, *, act: Act, today: date) -> tuple[Snapshot, bool]:
    """Today's snapshot, and whether it is a new one: a second look on the same day takes the place of the first.

    422 ``AMOUNT_TOO_LARGE`` for figures that no column holds.
    """
    ((taken, is_new),) = take_snapshots([user], act=act, today=today)
    return taken, is_new


@transaction.atomic
def take_snapshots(people: Sequence[User], *, act: Act, today: date) -> list[tuple[Snapshot, bool]]:
    """``take_snapshot`` of each of these people, whose day it is, in as many statements as of one."""
    ids = [person.pk for person in people]
    # The person's row is what two at once wait for.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    there = {each.user_id: each for each in Snapshot.objects.filter(user__in=ids, on=today)}
    found = finances_of(people, today=today)
    new = [
        Snapshot(user=each, on=today, **_columns(found[each.pk])) for each in people if each.pk not in there
    ]
    Snapshot.objects.bulk_create(new)
    for user_id, row in there.items():
        for name, value in _columns(found[user_id]).items():
            setattr(row, name, value)
        row.save()
    record_each(new, act=act, action=AuditEntry.Action.CREATED)
    record_each(there.values(), act=act, action=AuditEntry.Action.UPDATED)
    taken = {row.user_id: (row, True) for row in new} | {pk: (row, False) for pk, row in there.items()}
    return [taken[pk] for pk in ids]


def _columns(found: Finances) -> dict[str, object]:
    figures, currency = found.figures, found.currency
    amounts = {
        "income": from_minor(figures.income, currency),
        "spending": from_minor(figures.spending, currency),
        "assets": from_minor(figures.assets, currency),
        "debts": from_minor(figures.debts, currency),
        "net_worth": from_minor(figures.net_worth, currency),
    }
    ratios = {
        "savings_rate": figures.savings_rate,
        "months_of_runway": figures.months_of_runway,
        "debt_to_income": figures.debt_to_income,
    }
    _require_kept(amounts, below=LARGEST_KEPT)
    _require_kept(ratios, below=LARGEST_RATIO)
    return {
        "currency": currency,
        "months": figures.months,
        "answer": drawn(found.holdings),
        **amounts,
        **ratios,
    }


def _require_kept(figures: Mapping[str, Decimal | None], *, below: Decimal) -> None:
    for name, figure in figures.items():
        if figure is not None and abs(figure) >= below:
            raise DomainError(
                "Your figures are larger than a snapshot can keep.",
                code="AMOUNT_TOO_LARGE",
                http_status=422,
                details={"figure": name},
            )
