"""Net worth as a picture."""

import datetime as dt
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from goals.adapters.net_worth_chart import net_worth_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*worths: str, currency: str = "EUR") -> ET.Element:
    points = [(dt.date(2026, 1 + place, 1), Decimal(worth)) for place, worth in enumerate(worths)]
    return ET.fromstring(net_worth_chart(points, currency=currency))


def texts(picture: ET.Element) -> list[str]:
    return [str(each.text) for each in picture.iter(f"{SVG}text")]


def test_a_line_goes_from_the_first_day_to_the_last() -> None:
    picture = drawn("-1000.00", "0.00", "3000.00")

    (line,) = picture.iter(f"{SVG}polyline")
    places = [tuple(map(float, each.split(","))) for each in line.attrib["points"].split()]
    assert [x for x, _ in places] == [52.0, 206.5, 346.0]
    assert [y for _, y in places] == [228.0, 187.0, 64.0]


def test_the_axis_has_round_amounts_and_nothing_among_them() -> None:
    assert [each for each in texts(drawn("-1000.00", "3000.00")) if each.endswith(("k", "0"))][-5:] == [
        "-1k", "0", "1k", "2k", "3k",
    ]  # fmt: skip


@pytest.mark.parametrize("worths", [(), ("0.00",), ("5.00",), ("7.00", "7.00"), ("-99999999999.99", "1.00")])
def test_whatever_there_is_can_be_drawn(worths: tuple[str, ...]) -> None:
    picture = drawn(*worths)

    assert picture.find(f"{SVG}title").text == "Net worth"
    for each in picture.iter(f"{SVG}line"):
        assert 64 <= float(each.attrib["y1"]) <= 228


def test_the_last_figure_is_said_in_the_digits_of_its_currency() -> None:
    assert drawn("120000", currency="JPY").find(f"{SVG}desc").text == "120000 JPY on 1 Jan 2026"
