"""Pictures of plans: what they say, to those who see them and to those who hear them."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from debts.adapters.chart_bands import OTHERS, PALETTE, bands_of, months_shown, place_for_label
from debts.adapters.chart_figure import date_ticks
from debts.adapters.chart_text import bounded, money_text
from debts.adapters.charts import balance_chart, comparison_chart
from debts.domain.budget import constant_budget
from debts.domain.schedule import Row, schedule_of_rows
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.strategies import by_balance, by_rate
from debts.domain.terms import Minimum, MinimumRule, simple_debt

START = date(2026, 1, 15)
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["Card 1", "Card 2", "Car"]


def fixed(amount):
    return Minimum(MinimumRule.FIXED, amount=amount)


# The household of https://www.fincalculatorpro.com/finance/debt-payoff; it publishes 3,230 and 3,075 of interest, and
# 5,997 for the minimums alone.
HOUSEHOLD = [
    simple_debt("Card 1", 500_000, "22.99", fixed(15_000)),
    simple_debt("Card 2", 350_000, "18.99", fixed(10_000)),
    simple_debt("Car", 1_200_000, "6.5", fixed(35_000)),
]


@pytest.fixture(scope="module")
def snowball():
    return simulate(HOUSEHOLD, constant_budget(80_000), Instructions(by_balance), start=START)


@pytest.fixture(scope="module")
def avalanche():
    return simulate(HOUSEHOLD, constant_budget(80_000), Instructions(by_rate), start=START)


@pytest.fixture(scope="module")
def minimums():
    return simulate(HOUSEHOLD, None, MINIMUMS_ONLY, start=START)


def balance(schedule, names=NAMES, *, title="My plan", currency="USD", start=START):
    return balance_chart(schedule, names, currency=currency, start=start, title=title)


def comparison(*results, currency="USD"):
    return comparison_chart(results, currency=currency, start=START)


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def marks(svg, colour):
    """Where markers of a colour stand: (x, y), first in the plot, then in the table."""
    return [
        (float(use.get("x")), float(use.get("y")))
        for use in ET.fromstring(svg).iter(f"{SVG}use")
        if use.get("fill") == colour.lower()
    ]


def plan_of(balances, payoffs):
    """A plan from the balances of its debts, the first at the start."""
    months = [
        [
            Row(debt, line[month - 1], 0, 0, 0, line[month - 1] - line[month], line[month])
            for debt, line in enumerate(balances)
        ]
        for month in range(1, len(balances[0]))
    ]
    return schedule_of_rows(months, tuple(payoffs))


def test_a_plan_says_when_each_debt_is_paid_off(snowball):
    said = texts(balance(snowball))

    # Months 24, 13 and 30 of a plan that starts in January 2026; the first to go is the topmost band.
    table = said[said.index("paid off") :]
    assert table[:7] == ["paid off", "Card 2", "Jan 2027", "Card 1", "Dec 2027", "Car", "Jun 2028"]
    assert said[said.index("My plan") + 1] == "Balance in USD"


def test_a_plan_has_axes_of_dates_and_thousands(snowball):
    said = texts(balance(snowball))

    assert [text for text in said if re.fullmatch(r"\d+k?", text)] == [
        *("2026", "2027", "2028"),
        *("0", "10k", "20k", "30k"),
    ]


def test_a_band_with_room_carries_its_name(snowball):
    said = texts(balance(snowball))

    assert said.count("Car") == 2
    assert said.count("Card 1") == 2


def test_a_comparison_says_date_and_exact_interest(snowball, avalanche, minimums):
    said = texts(comparison(("Snowball", snowball), ("Avalanche", avalanche), ("Minimums only", minimums)))

    table = said[said.index("debt-free") :]
    assert table[:11] == [
        *("debt-free", "interest"),
        *("Snowball", "Jun 2028", "3,230.11"),
        *("Avalanche", "Jun 2028", "3,075.23"),
        *("Minimums only", "Jun 2030", "5,997.06"),
    ]


def test_a_comparison_marks_the_debt_free_month_on_the_axis(snowball, minimums):
    svg = comparison(("Snowball", snowball), ("Minimums only", minimums))

    # The plot is 300 wide from 46 on, its foot is at 254, and the last of 54 months is its right edge.
    assert marks(svg, "#0072B2")[0] == pytest.approx((46 + 300 * 30 / 54, 254), abs=1e-4)
    assert marks(svg, "#D55E00")[0] == pytest.approx((346, 254), abs=1e-4)


def test_a_plan_that_takes_three_times_as_long_runs_out_of_the_picture():
    quick = plan_of([[9_000, 0]], [1])
    slow = plan_of([[9_000, 8_000, 7_000, 6_000, 5_000, 0]], [5])
    svg = comparison(("Quick", quick), ("Slow", slow))

    assert marks(svg, "#0072B2")[0] == pytest.approx((146, 254), abs=1e-4)
    assert len(marks(svg, "#D55E00")) == 1  # in the table only
    assert "May 2026" in texts(svg)


def test_a_debt_that_is_never_paid_off_has_no_date():
    growing = plan_of([[1_000, 1_100, 1_200]], [None])

    assert "after 2026" in texts(balance(growing, ["Card"]))
    assert "after 2026" in texts(comparison(("Minimums only", growing)))
    assert len(marks(comparison(("Minimums only", growing)), "#0072B2")) == 1


def test_a_picture_is_described_for_those_who_cannot_see_it(snowball):
    root = ET.fromstring(balance(snowball, title="Free & easy"))
    other = ET.fromstring(comparison(("Snowball", snowball)))

    assert root.get("role") == "img"
    assert [root[0].tag, root[0].text] == [f"{SVG}title", "Free & easy"]
    assert root[1].text == (
        "20,500.00 USD owed at the start. Car, paid off Jun 2028; Card 1, paid off Dec 2027; "
        "Card 2, paid off Jan 2027."
    )
    assert other[1].text == "Amounts in USD. Snowball: debt-free Jun 2028, interest 3,230.11."


def test_a_picture_is_as_wide_as_its_place_and_its_letters_are_legible_at_360_pixels(snowball):
    for svg in (balance(snowball), comparison(("Snowball", snowball))):
        root = ET.fromstring(svg)
        assert root.get("width") == "100%"
        assert root.get("height") is None
        assert root.get("viewBox").startswith("0 0 360 ")
        assert min(float(text.get("font-size")[:-2]) for text in root.iter(f"{SVG}text")) >= 11


def test_a_picture_needs_no_styles_and_brings_no_ids_into_a_page(snowball):
    svg = comparison(("Snowball", snowball))

    assert "style" not in svg
    referred = {
        use.get("{http://www.w3.org/1999/xlink}href")[1:] for use in ET.fromstring(svg).iter(f"{SVG}use")
    }
    referred |= set(re.findall(r"url\(#([^)]*)\)", svg))
    assert set(re.findall(r' id="([^"]*)"', svg)) == referred


@pytest.mark.parametrize(
    "name",
    [
        "$x^2$ \\frac{1}",
        "</text><script>",
        "A & B",
        "信用卡",
        "Кредит",
        "بطاقة",
        "{0} {1}",
        "💳",
        "]]>",
    ],
)
def test_any_name_is_shown_as_it_is(snowball, name):
    said = texts(balance(snowball, [name, "Card 2", "Car"], title=name))

    assert said[said.index("Balance in USD") - 1] == name
    assert name in said[said.index("paid off") :]
    assert name in texts(comparison((name, snowball)))


def test_letters_that_xml_does_not_know_are_left_out(snowball):
    assert "abc d" in texts(balance(snowball, title="a\x00b\ud800c\ufffe\n d"))


def test_a_long_name_is_cut():
    assert bounded("student loan with a long name", 12) == "student loa…"
    assert bounded("student loan", 12) == "student loan"
    assert bounded("STUDENT LOAN", 12) == "STUDENT L…"
    assert bounded("信用卡信用卡", 12) == "信用卡信用卡"
    assert bounded("信用卡信用卡", 11) == "信用卡信用…"
    assert len(bounded("x" * 1_000_000, 12)) == 12
    assert bounded("", 12) == ""


def test_every_strategy_is_named_in_full(snowball):
    assert "Highest utilisation" in texts(comparison(("Highest utilisation", snowball)))


def test_an_amount_is_exact_until_no_household_could_owe_it():
    assert money_text(323_011, "USD") == "3,230.11"
    assert money_text(500, "USD") == "5.00"
    assert money_text(1_234_567, "JPY") == "1,234,567"
    assert money_text(1_500, "BHD") == "1.500"
    assert money_text(10**21, "USD") == "1.0e+19"


def test_the_same_plan_is_the_same_picture(snowball, avalanche):
    assert balance(snowball) == balance(snowball)
    results = (("Snowball", snowball), ("Avalanche", avalanche))
    assert comparison(*results) == comparison(*results)


def test_pictures_can_be_drawn_at_the_same_time(snowball, avalanche):
    expected = [balance(snowball), comparison(("Avalanche", avalanche))]
    with ThreadPoolExecutor(4) as threads:
        drawn = [
            [threads.submit(balance, snowball), threads.submit(comparison, ("Avalanche", avalanche))]
            for _ in range(8)
        ]
        assert all([job.result() for job in pair] == expected for pair in drawn)


def test_matplotlib_is_not_imported_before_a_picture_is_drawn():
    code = "import sys, debts.adapters.charts; print('matplotlib' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_a_plan_without_debts_is_an_empty_picture():
    assert "No debts" in balance(schedule_of_rows([], ()), [])
    assert "No debts" in balance(schedule_of_rows([[]], (0,)), ["Card"])
    assert "No plans" in comparison()


def test_bands_lie_on_one_another_the_last_to_be_paid_off_at_the_bottom():
    schedule = plan_of([[300, 100, 0, 0], [900, 800, 700, 0], [50, 0, 0, 0]], [2, 3, 1])
    bands = bands_of(schedule)

    assert [band.debts for band in bands] == [(1,), (0,), (2,)]
    assert [band.paid_off for band in bands] == [3, 2, 1]
    assert [list(band.balances) for band in bands] == [[900, 800, 700, 0], [300, 100, 0, 0], [50, 0, 0, 0]]
    assert [band.colour for band in bands] == list(PALETTE[:3])


def test_beyond_seven_debts_the_smaller_ones_share_a_band():
    balances = [[100 * (debt + 1), 0] for debt in range(9)]
    bands = bands_of(plan_of(balances, [1] * 9))
    shared = next(band for band in bands if band.colour == OTHERS)

    assert len(bands) == 8
    assert shared.debts == (1, 0)
    assert list(shared.balances) == [300, 0]
    assert "2 other debts" in texts(
        balance(plan_of(balances, [1] * 9), [f"Debt {each}" for each in range(9)])
    )


def test_a_shared_band_is_paid_off_with_the_last_of_its_debts():
    balances = [[100, 0], [50, 0], *([900, 0] for _ in range(7))]

    assert {band.paid_off for band in bands_of(plan_of(balances, [1, None, *[1] * 7]))} == {1, None}


def test_a_label_goes_where_its_band_is_thickest_over_its_whole_length():
    flat = [0.0] * 101
    peak_at_the_end = [float(month) for month in range(101)]
    left, height, room = place_for_label(flat, peak_at_the_end, 0.25)

    assert left == pytest.approx(0.75, abs=0.02)
    assert room == pytest.approx(75, abs=2)
    assert height == pytest.approx(room / 2)
    assert place_for_label(flat, peak_at_the_end, 1.2)[2] == 0


def test_a_long_plan_is_thinned_to_what_a_phone_can_show():
    assert list(months_shown(3)) == [0, 1, 2, 3]
    shown = months_shown(600)
    assert len(shown) == 200
    assert (shown[0], shown[-1]) == (0, 600)


@pytest.mark.parametrize(
    ("start", "months", "labels"),
    [
        (date(2026, 1, 31), 3, ["Dec 2025", "Jan 2026", "Feb 2026"]),
        (date(2026, 1, 31), 14, ["Jan 2026", "Jul 2026", "Jan 2027"]),
        (date(2026, 8, 1), 34, ["2027", "2028", "2029"]),
        (date(2026, 1, 1), 600, ["2030", "2040", "2050", "2060", "2070"]),
    ],
)
def test_dates_on_the_axis_are_round_and_few(start, months, labels):
    assert [label for _, label in date_ticks(start, months)] == labels
