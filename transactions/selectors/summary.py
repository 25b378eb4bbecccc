"""What was earned and spent, by category, merchant or period, in the person's base currency."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, TruncDay, TruncMonth, TruncWeek, TruncYear

from core.aggregates import MoneySum
from core.domain.money import round_to_minor
from core.serializers import said
from transactions.domain.kinds import TransactionKind, kind_of
from transactions.models import Account, Merchant, Split, Transaction
from transactions.selectors.names import category_names, merchant_names

PERIODS = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth, "year": TruncYear}
ALL = Q()
CATEGORY = ("category", "category__group", "category__code", "category__name")
DIMENSIONS = ("category", "group", "merchant", "account", *PERIODS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """Figures of one group of rows."""

    key: dict[str, str | None]
    labels: dict[str, str | None]
    income: Decimal
    spent: Decimal = said("Positive where more went out than came back.")
    net: Decimal
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was earned and spent, in the base currency."""

    currency: str
    income: Decimal
    spent: Decimal
    net: Decimal
    unconverted: int = said("Rows left out: no rate to your base currency.")
    lines: list[SummaryLine]


@dataclass(frozen=True, slots=True)
class Record:
    """What the database adds up: rows of one category, sign and key; ``total`` is None where no row has a rate."""

    category: UUID
    group: str
    code: str
    name: str
    is_linked: bool
    is_inflow: bool
    total: Decimal | None
    rows: int
    unconverted: int
    key: tuple[str | None, ...]

    @property
    def kind(self) -> TransactionKind:
        """The kind that each of the rows has."""
        return kind_of(
            amount=Decimal(1 if self.is_inflow else -1),
            group=self.group,
            code=self.code,
            is_linked=self.is_linked,
        )


@dataclass(slots=True)
class _Sums:
    """The figures of a key while they are added up."""

    income: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    count: int = 0


def summary(
    rows: QuerySet[Transaction],
    *,
    group_by: Sequence[str],
    currency: str,
    counted: Q = ALL,
    locale: str = "en",
) -> Summary:
    """Income and spending of live rows by one or more dimensions; transfers and ignored rows are neither.

    Amounts are at the precision of ``currency``, the person's base currency. The parts of a row count in their own
    categories, the row itself then does not. ``counted`` says which categories count, of rows and of parts alike;
    ``locale`` in which language they are named. The database adds up by category and sign, which is all that the
    kind of a row depends on; the kind is decided here.
    """
    records = summed_up(rows, group_by=group_by, counted=counted)
    sums: dict[tuple[str | None, ...], _Sums] = {}
    for record in records:
        _add(sums, record)
    labels = {name: _labels(name, position, sums, records, locale) for position, name in enumerate(group_by)}
    lines = [_line(key, found, group_by, labels, currency) for key, found in sums.items()]
    income = sum((line.income for line in lines), Decimal(0))
    spent = sum((line.spent for line in lines), Decimal(0))
    return Summary(
        currency=currency,
        income=round_to_minor(income, currency),
        spent=round_to_minor(spent, currency),
        net=round_to_minor(income - spent, currency),
        unconverted=sum(record.unconverted for record in records),
        lines=sorted(lines, key=_order(group_by)),
    )


def summed_up(rows: QuerySet[Transaction], *, group_by: Sequence[str], counted: Q = ALL) -> list[Record]:
    """What ``summary`` adds up, in two queries; a dimension here is also the ``person`` whose row it is."""
    rows = rows.filter(is_ignored=False)
    parts = Split.objects.filter(counted, transaction__in=rows.order_by())
    whole = rows.filter(counted, ~Exists(Split.objects.filter(transaction=OuterRef("pk"))))
    return [*_grouped(whole, group_by, path=""), *_grouped(parts, group_by, path="transaction__")]


def _grouped(
    queryset: QuerySet[Transaction] | QuerySet[Split], group_by: Sequence[str], *, path: str
) -> Iterator[Record]:
    expressions = {
        "person": F(f"{path}user_id"),
        "category": F("category_id"),
        "group": F("category__group"),
        "merchant": F(f"{path}merchant_id"),
        "account": F(f"{path}account_id"),
        # As days: PostgreSQL makes instants of them, which take long to read.
        **{name: Cast(truncate(f"{path}date"), DateField()) for name, truncate in PERIODS.items()},
    }
    keys = {f"key_{name}": expressions[name] for name in group_by}
    grouped = (
        queryset.order_by()
        .annotate(is_linked=Q(**{f"{path}transfer__isnull": False}), is_inflow=Q(amount__gt=0), **keys)
        .values(*CATEGORY, "is_linked", "is_inflow", *keys)
        .annotate(
            total=MoneySum("base_amount"),
            rows=Count("base_amount"),
            unconverted=Count("pk") - Count("base_amount"),
        )
    )
    for found in grouped:
        yield Record(
            category=found["category"],
            group=found["category__group"],
            code=found["category__code"],
            name=found["category__name"],
            is_linked=found["is_linked"],
            is_inflow=found["is_inflow"],
            total=found["total"],
            rows=found["rows"],
            unconverted=found["unconverted"],
            key=tuple(None if found[name] is None else str(found[name]) for name in keys),
        )


def _add(sums: dict[tuple[str | None, ...], _Sums], record: Record) -> None:
    kind = record.kind
    if kind == TransactionKind.TRANSFER or record.total is None:
        return
    found = sums.setdefault(record.key, _Sums())
    found.count += record.rows
    if kind == TransactionKind.INCOME:
        found.income += record.total
    else:
        found.spent -= record.total


def _line(
    key: tuple[str | None, ...],
    sums: _Sums,
    group_by: Sequence[str],
    labels: Mapping[str, Mapping[str | None, str] | None],
    currency: str,
) -> SummaryLine:
    named = dict(zip(group_by, key, strict=True))
    return SummaryLine(
        key=named,
        labels={name: found.get(named[name]) for name, found in labels.items() if found is not None},
        income=round_to_minor(sums.income, currency),
        spent=round_to_minor(sums.spent, currency),
        net=round_to_minor(sums.income - sums.spent, currency),
        count=sums.count,
    )


def _order(group_by: Sequence[str]) -> Callable[[SummaryLine], tuple[str | Decimal | None, ...]]:
    """Periods in the order of time, and within them (or without any) the largest spending first."""
    periods = [name for name in group_by if name in PERIODS]
    return lambda line: (*(line.key[name] for name in periods), -line.spent, -line.income, str(line.key))


def _labels(
    name: str,
    position: int,
    sums: Iterable[tuple[str | None, ...]],
    records: Sequence[Record],
    locale: str,
) -> Mapping[str | None, str] | None:
    """What each key of a dimension is called; None where it has no names."""
    if name == "category":
        shipped = category_names(locale)
        return {str(record.category): record.name or shipped[record.code] for record in records}
    ids = [pk for key in sums if (pk := key[position]) is not None]
    if name == "merchant":
        shown = merchant_names(locale)
        names = Merchant.objects.filter(pk__in=ids).values_list("pk", "name")
        return {str(pk): shown.get(stored, stored) for pk, stored in names}
    if name == "account":
        return {str(pk): name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}
    return None
