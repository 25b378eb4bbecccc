"""Finding what comes round, and keeping what the person says of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.domain.money import minor_digits, to_minor
from core.jobs import enqueue
from core.models import AuditEntry
from transactions.domain.category_tree import CategoryGroup
from transactions.domain.recurring import Movement, Series, find_recurring
from transactions.models import Merchant, RecurringSeries, Transaction
from transactions.selectors.candidates import words_of
from users.models import User


class SeriesFields(TypedDict, total=False):
    """What a person says of a series."""

    name: str
    status: str


COLUMNS = ("pk", "date", "amount", "currency", "merchant_id", "account_id", "description")
JUDGED = ("name", "status")
LEAST_SHARED = 0.5
"""Of its occurrences a series found before shares so many with one that it is."""

Status = RecurringSeries.Status


@transaction.atomic
def refresh_recurring(user: User, *, act: Act, today: date) -> int:
    """Look for what comes round in all of a person's history; returns how many series there are now.

    A series that was there keeps its id and the person's word. One that is no longer found goes, unless the
    person confirmed or rejected it. Transfers and ignored rows take no part.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    found = find_recurring(_movements(user), today=today)
    known = list(RecurringSeries.objects.for_user(user))
    shared = _occurrences(known)
    names = dict(Merchant.objects.for_user(user).values_list("pk", "name"))
    left = {series.pk: series for series in known}
    for series in found:
        row = _same(series, left.values(), shared)
        if row is not None:
            del left[row.pk]
        _keep(series, row, user=user, act=act, names=names)
    for row in left.values():
        if row.status == Status.SUGGESTED:
            record(row, act=act, action=AuditEntry.Action.DELETED)
            row.delete()
    return RecurringSeries.objects.for_user(user).exclude(status=Status.REJECTED).count()


def start_finding(*, since: datetime) -> int:
    """Hand every ledger that has changed since then to the workers; returns how many."""
    people = Transaction.objects.filter(updated_at__gte=since).order_by().values_list("user_id", flat=True)
    chosen = list(people.distinct())
    for user_id in chosen:
        enqueue("transactions.find_recurring", user_id=str(user_id))
    return len(chosen)


@transaction.atomic
def judge_series(series: RecurringSeries, *, act: Act, **fields: Unpack[SeriesFields]) -> RecurringSeries:
    """Confirm, reject or rename a series."""
    series = RecurringSeries.objects.select_for_update().get(pk=series.pk)
    before = snapshot(series, JUDGED)
    for name, value in fields.items():
        setattr(series, name, value)
    found = {field.name for field in series._meta.fields}  # noqa: SLF001  (Django's documented model API)
    series.clean_fields(exclude=found - fields.keys())
    series.save(update_fields=[*fields, "updated_at"])
    changes = differences(before, snapshot(series, JUDGED))
    if changes:
        record(series, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return series


def _movements(user: User) -> list[Movement]:
    rows = (
        Transaction.objects.for_user(user)
        .live()
        .filter(transfer=None, is_ignored=False)
        .exclude(category__group=CategoryGroup.TRANSFERS)
        .exclude(amount=0)
        .order_by("date", "pk")
    )
    return [
        Movement(
            key=pk,
            on=on,
            amount=to_minor(amount, currency),
            currency=currency,
            merchant=str(merchant or ""),
            account=str(account),
            text="" if merchant else words_of(description),
        )
        for pk, on, amount, currency, merchant, account, description in rows.values_list(*COLUMNS)
    ]


def _occurrences(known: Sequence[RecurringSeries]) -> dict[UUID, set[UUID]]:
    through = RecurringSeries.occurrences.through
    found: dict[UUID, set[UUID]] = {series.pk: set() for series in known}
    for series, row in through.objects.filter(recurringseries__in=known).values_list(
        "recurringseries_id", "transaction_id"
    ):
        found[series].add(row)
    return found


def _same(
    series: Series, known: Iterable[RecurringSeries], shared: Mapping[UUID, set[UUID]]
) -> RecurringSeries | None:
    rows = list(known)
    by_key = next((row for row in rows if row.key == series.key[:200]), None)
    if by_key is not None:
        return by_key
    mine = set(series.occurrences)
    alike = [row for row in rows if row.currency == series.currency and row.period == series.period]
    best = max(alike, key=lambda row: len(shared[row.pk] & mine), default=None)
    if best is None or len(shared[best.pk] & mine) < LEAST_SHARED * max(1, len(shared[best.pk])):
        return None
    return best


def _keep(
    series: Series, row: RecurringSeries | None, *, user: User, act: Act, names: Mapping[UUID, str]
) -> None:
    merchant = UUID(series.merchant) if series.merchant and _is_id(series.merchant) else None
    if row is None:
        name = names.get(merchant, series.merchant) if merchant else series.merchant
        row = RecurringSeries(user=user, name=name[:100] or "Unnamed")
    before = _figures_of(row)
    row.key, row.merchant_id = series.key[:200], merchant if merchant in names else None
    for name, value in _figures(series).items():
        setattr(row, name, value)
    is_new = row._state.adding  # noqa: SLF001  (Django's documented model API)
    row.save()
    row.occurrences.set(Transaction.objects.filter(pk__in=series.occurrences))
    changes = differences(before, _figures_of(row))
    if is_new:
        record(row, act=act, action=AuditEntry.Action.CREATED)
    elif changes:
        record(row, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def _figures(series: Series) -> dict[str, object]:
    def amount(units: int) -> Decimal:
        return Decimal(units).scaleb(-minor_digits(series.currency))

    return {
        "kind": series.kind.value,
        "period": series.period.value,
        "currency": series.currency,
        "expected": amount(series.expected),
        "spread": amount(series.spread),
        "first_on": series.first_on,
        "last_on": series.last_on,
        "next_on": series.next_on,
        "tolerance_days": series.tolerance_days,
        "price_changes": [
            {
                "on": change.on.isoformat(),
                "before": str(amount(change.before)),
                "after": str(amount(change.after)),
            }
            for change in series.price_changes
        ],
        "missed": [day.isoformat() for day in series.missed],
        "is_ended": series.is_ended,
        "confidence": round(Decimal(series.confidence), 2),
        "reasons": list(series.reasons),
    }


def _figures_of(row: RecurringSeries) -> dict[str, object]:
    return {
        "next_on": row.next_on and row.next_on.isoformat(),
        "is_ended": row.is_ended,
        "period": row.period,
    }


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
