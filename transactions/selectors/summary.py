"""What was earned and spent, by category, merchant or period, in the person's base currency."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek, TruncYear

from core.aggregates import MoneySum
from transactions.domain.kinds import TransactionKind, kind_of
from transactions.models import Account, Merchant, Split, Transaction
from transactions.selectors.names import category_names, merchant_names

PERIODS = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth, "year": TruncYear}
ALL = Q()
CATEGORY = ("category", "category__group", "category__code", "category__name")
DIMENSIONS = ("category", "group", "merchant", "account", *PERIODS)


@dataclass(slots=True)
class SummaryLine:
    """Figures of one group of rows. ``spent`` is positive where more went out than came back."""

    key: dict[str, str | None]
    income: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    count: int = 0
    labels: dict[str, str | None] = field(default_factory=dict)

    @property
    def net(self) -> Decimal:
        return self.income - self.spent


@dataclass(frozen=True, slots=True)
class Summary:
    """``unconverted`` counts rows left out because their currency has no rate to the base currency."""

    lines: list[SummaryLine]
    income: Decimal
    spent: Decimal
    unconverted: int


def summary(
    rows: QuerySet[Transaction], *, group_by: Sequence[str], counted: Q = ALL, locale: str = "en"
) -> Summary:
    """Income and spending of live rows by one or more dimensions; transfers and ignored rows are neither.

    The parts of a row count in their own categories, the row itself then does not. ``counted`` says which
    categories count, of rows and of parts alike; ``locale`` in which language they are named. The database adds
    up by category and sign, which is all that the kind of a row depends on; the kind is decided here.
    """
    rows = rows.filter(is_ignored=False)
    parts = Split.objects.filter(counted, transaction__in=rows.order_by())
    whole = rows.filter(counted, ~Exists(Split.objects.filter(transaction=OuterRef("pk"))))
    records = [*_grouped(whole, group_by, path=""), *_grouped(parts, group_by, path="transaction__")]
    lines: dict[tuple[Any, ...], SummaryLine] = {}
    for record in records:
        _add(lines, record, group_by)
    found = sorted(lines.values(), key=_order(group_by))
    _label(found, group_by, records, locale)
    return Summary(
        lines=found,
        income=sum((line.income for line in found), Decimal(0)),
        spent=sum((line.spent for line in found), Decimal(0)),
        unconverted=sum(record["unconverted"] for record in records),
    )


def _grouped(queryset: QuerySet[Any], group_by: Sequence[str], *, path: str) -> QuerySet[Any, dict[str, Any]]:
    expressions = {
        "merchant": F(f"{path}merchant_id"),
        "account": F(f"{path}account_id"),
        **{name: truncate(f"{path}date") for name, truncate in PERIODS.items()},
    }
    keys = {f"key_{name}": expressions[name] for name in group_by if name in expressions}
    grouped: QuerySet[Any, dict[str, Any]] = (
        queryset.order_by()
        .annotate(is_linked=Q(**{f"{path}transfer__isnull": False}), is_inflow=Q(amount__gt=0), **keys)
        .values(*CATEGORY, "is_linked", "is_inflow", *keys)
        .annotate(
            total=MoneySum("base_amount"),
            rows=Count("base_amount"),
            unconverted=Count("pk") - Count("base_amount"),
        )
    )
    return grouped


def _add(
    lines: dict[tuple[Any, ...], SummaryLine], record: Mapping[str, Any], group_by: Sequence[str]
) -> None:
    kind = kind_of(
        amount=Decimal(1 if record["is_inflow"] else -1),
        group=record["category__group"],
        code=record["category__code"],
        is_linked=record["is_linked"],
    )
    if kind == TransactionKind.TRANSFER or not record["rows"]:
        return
    known = {"category": record["category"], "group": record["category__group"]}
    key = tuple(known[name] if name in known else record[f"key_{name}"] for name in group_by)
    texts = {name: None if part is None else str(part) for name, part in zip(group_by, key, strict=True)}
    line = lines.setdefault(key, SummaryLine(key=texts))
    line.count += record["rows"]
    if kind == TransactionKind.INCOME:
        line.income += record["total"]
    else:
        line.spent -= record["total"]


def _order(group_by: Sequence[str]) -> Callable[[SummaryLine], tuple[Any, ...]]:
    """Periods in the order of time, and within them (or without any) the largest spending first."""
    periods = [name for name in group_by if name in PERIODS]
    return lambda line: (*(line.key[name] for name in periods), -line.spent, -line.income, str(line.key))


def _label(
    lines: list[SummaryLine], group_by: Sequence[str], records: Sequence[Mapping[str, Any]], locale: str
) -> None:
    if "category" in group_by:
        shipped = category_names(locale)
        by_id = {
            str(record["category"]): record["category__name"] or shipped[record["category__code"]]
            for record in records
        }
        for line in lines:
            line.labels["category"] = by_id[str(line.key["category"])]
    if "merchant" in group_by:
        _label_by_name(lines, "merchant", Merchant.objects.all(), shown=merchant_names(locale))
    if "account" in group_by:
        _label_by_name(lines, "account", Account.objects.all(), shown={})


def _label_by_name(
    lines: list[SummaryLine], name: str, rows: QuerySet[Any], *, shown: Mapping[str, str]
) -> None:
    ids = {line.key[name] for line in lines}
    found = rows.filter(pk__in=filter(None, ids)).values_list("pk", "name")
    by_id: dict[str | None, str] = {str(pk): shown.get(label, label) for pk, label in found}
    for line in lines:
        line.labels[name] = by_id.get(line.key[name])
