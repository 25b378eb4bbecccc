"""Walking through an order from row to row, whatever ties and gaps its columns have, on every database."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.keyset import order_of, position_of, rows_after
from transactions.models import RecurringSeries

DAYS = st.one_of(st.none(), st.dates(dt.date(2026, 3, 1), dt.date(2026, 3, 3)))
AMOUNTS = st.sampled_from([Decimal("-12.5"), Decimal(0), Decimal("0.1"), Decimal("99999999999.9999")])
ROWS = st.lists(st.tuples(DAYS, AMOUNTS, st.sampled_from(["", "a", "B", "ü", "%_"])), max_size=12)
COLUMNS = ("next_on", "expected", "name", "-next_on", "-expected", "-name")
ORDERINGS = st.lists(st.sampled_from(COLUMNS), max_size=3, unique_by=lambda name: name.removeprefix("-"))

each_world = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def series(user, number, values):
    next_on, expected, name = values
    return RecurringSeries(
        user=user, key=f"{number}", name=name, kind="bill", period="monthly", currency="EUR", expected=expected,
        spread=0, first_on=dt.date(2026, 1, 1), last_on=dt.date(2026, 2, 1), next_on=next_on, tolerance_days=3,
        confidence=1,
    )  # fmt: skip


def pages_of(order, limit):
    """The pages of all series, one after the other in this order."""
    pages, position = [], None
    while page := list(rows_after(RecurringSeries.objects.all(), order, position)[:limit]):
        pages.append(page)
        position = position_of(page[-1], order)
    return pages


@each_world
@given(rows=ROWS, ordering=ORDERINGS, limit=st.integers(1, 5), last=st.sampled_from(["id", "-id"]))
def test_pages_forth_and_pages_back_are_the_whole_list(db, alice, rows, ordering, limit, last):
    RecurringSeries.objects.all().delete()
    RecurringSeries.objects.bulk_create(series(alice, number, row) for number, row in enumerate(rows))
    order = order_of(RecurringSeries.objects.all(), (*ordering, last))
    turned = [term.turned() for term in order]

    whole = list(rows_after(RecurringSeries.objects.all(), order, None))

    assert len(whole) == len(rows)
    assert [row for page in pages_of(order, limit) for row in page] == whole
    assert [row for page in pages_of(turned, limit) for row in page] == whole[::-1]


@each_world
@given(rows=ROWS, added=ROWS, ordering=ORDERINGS, place=st.integers(0, 11))
def test_rows_that_are_added_or_taken_out_do_not_move_the_others(db, alice, rows, added, ordering, place):
    RecurringSeries.objects.all().delete()
    there = RecurringSeries.objects.bulk_create(series(alice, number, row) for number, row in enumerate(rows))
    order = order_of(RecurringSeries.objects.all(), (*ordering, "id"))
    whole = list(rows_after(RecurringSeries.objects.all(), order, None))
    seen, unseen = whole[:place], whole[place:]
    if not seen:
        return
    position = position_of(seen[-1], order)
    seen[-1].delete()
    new = RecurringSeries.objects.bulk_create(
        series(alice, len(there) + number, row) for number, row in enumerate(added)
    )

    rest = list(rows_after(RecurringSeries.objects.all(), order, position))

    assert [row for row in rest if row not in new] == unseen


@pytest.mark.parametrize(
    ("term", "names"), [("next_on", ["early", "late", "never"]), ("-next_on", ["never", "late", "early"])]
)
def test_what_has_no_value_counts_as_the_greatest(alice, term, names):
    for number, (name, day) in enumerate([("never", None), ("late", 9), ("early", 1)]):
        series(alice, number, (day and dt.date(2026, 3, day), 0, name)).save()
    rows = RecurringSeries.objects.all()
    assert [row.name for row in rows_after(rows, order_of(rows, (term, "id")), None)] == names


def test_rows_may_be_columns_and_annotations_as_well_as_objects(alice):
    for number in range(3):
        series(alice, number, (None, number, "x")).save()
    rows = RecurringSeries.objects.annotate(doubled=F("expected") * 2)
    order = order_of(rows, ("-doubled", "id"))
    found = list(rows_after(rows.values("id", "doubled", "key"), order, None))
    assert [row["key"] for row in found] == ["2", "1", "0"]
    after = rows_after(rows.values("key"), order, position_of(found[0], order))
    assert [row["key"] for row in after] == ["1", "0"]
