import pytest

from transactions.domain.habits import MIN_LESSONS, Habits, Lesson
from transactions.ports import Guess

NAMES = "amsel drossel fink star meise specht kranich reiher falke adler habicht bussard sperber milan uhu".split()  # noqa: SIM905
CLUBS = [Lesson(f"turnverein {name}", "sport", is_income=False) for name in NAMES]
CHOIRS = [Lesson(f"singkreis {name}", "music", is_income=False) for name in NAMES]
TENANTS = [Lesson(f"mieteingang {name}", "rent-received", is_income=True) for name in NAMES]
TAUGHT = [*CLUBS, *CHOIRS, *TENANTS]


def guess(habits, text, *, is_inflow=False):
    return habits.guess(text.split(), country="", is_inflow=is_inflow)


def test_a_merchant_like_those_taught_gets_their_category():
    assert guess(Habits(lambda: TAUGHT), "turnverein zeisig") == Guess("sport", 97)


def test_a_merchant_unlike_all_gets_none():
    assert guess(Habits(lambda: TAUGHT), "quorblax") is None


def test_money_going_out_is_never_like_money_that_came_in():
    habits = Habits(lambda: TAUGHT)

    assert guess(habits, "mieteingang zeisig", is_inflow=True).category == "rent-received"
    assert guess(habits, "mieteingang zeisig", is_inflow=False) is None


def test_a_few_lessons_are_not_carried_over():
    assert guess(Habits(lambda: TAUGHT[: MIN_LESSONS - 1]), "turnverein zeisig") is None


def test_lessons_that_contradict_each_other_are_not_carried_over():
    muddled = [
        lesson._replace(category=f"category-{number % 7}", is_income=False)
        for number, lesson in enumerate(TAUGHT)
    ]

    assert Habits(lambda: muddled).percent is None


def test_nothing_is_read_before_somebody_asks():
    habits = Habits(lambda: pytest.fail("read too early"))

    assert habits is not None
