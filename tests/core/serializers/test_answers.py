"""A frozen dataclass is drawn and described from what it says itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from core.serializers import answer_serializer, drawn, said


class Mood(StrEnum):
    CALM = "calm"
    TENSE = "tense"


@dataclass(frozen=True, slots=True)
class Month:
    first_on: date
    left: Decimal


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to come."""

    id: UUID
    mood: Mood
    months: tuple[Month, ...]
    best: Month | None
    made_at: datetime
    by_name: dict[str, Decimal]
    chance: Decimal | None = said("From 0 to 1.")


def outlook(**changes):
    return Outlook(
        **{
            "id": UUID(int=7),
            "mood": Mood.TENSE,
            "months": (
                Month(date(2026, 11, 1), Decimal("12.50")),
                Month(date(2026, 12, 1), Decimal("-0.00")),
            ),
            "best": None,
            "made_at": datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=1))),
            "by_name": {"Rent": Decimal("1E+3")},
            "chance": None,
        }
        | changes
    )


def test_every_value_is_drawn_as_json_has_it():
    assert answer_serializer(Outlook)(outlook()).data == {
        "id": "00000000-0000-0000-0000-000000000007",
        "mood": "tense",
        "months": [
            {"first_on": "2026-11-01", "left": "12.50"},
            {"first_on": "2026-12-01", "left": "0.00"},
        ],
        "best": None,
        "made_at": "2026-11-24T07:00:00Z",
        "by_name": {"Rent": "1000"},
        "chance": None,
    }


def test_what_lies_inside_is_drawn_too():
    best = Month(date(2027, 1, 1), Decimal(3))

    assert drawn(outlook(best=best))["best"] == {"first_on": "2027-01-01", "left": "3"}


def test_many_are_drawn_in_their_order():
    months = [Month(date(2026, 2, 1), Decimal(2)), Month(date(2026, 1, 1), Decimal(1))]

    assert [each["left"] for each in answer_serializer(Month)(months, many=True).data] == ["2", "1"]


def test_every_field_is_described_by_its_type_and_words():
    fields = answer_serializer(Outlook)().fields

    assert list(fields) == ["id", "mood", "months", "best", "made_at", "by_name", "chance"]
    assert list(fields["mood"].choices) == ["calm", "tense"]
    assert list(fields["months"].child.fields) == ["first_on", "left"]
    assert (fields["best"].allow_null, fields["chance"].help_text) == (True, "From 0 to 1.")
    assert answer_serializer(Outlook).__doc__ == "What is to come."


def test_the_same_answer_has_one_serializer():
    assert answer_serializer(Month) is answer_serializer(Month)


def test_a_dataclass_without_words_has_none_in_the_reference():
    assert answer_serializer(Month).__doc__ is None


def test_an_instant_is_told_in_utc():
    assert drawn(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"
