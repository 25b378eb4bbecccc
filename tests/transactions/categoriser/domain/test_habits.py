import pytest

from transactions.categoriser.domain import habits as module
from transactions.categoriser.domain.habits import MIN_LESSONS, REMEMBERED, Habits, Lesson
from transactions.categoriser.ports import Guess

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


@pytest.fixture
def looked_at(monkeypatch):
    """The names whose marks are looked at, one after the other."""
    names = []

    def counted(words, *, country):
        names.append(" ".join(words))
        return marks(words, country=country)

    marks = module.marks
    monkeypatch.setattr(module, "marks", counted)
    module._remembered.cache_clear()
    return names


def test_the_same_lessons_are_learnt_once(looked_at):
    guess(Habits(lambda: TAUGHT), "turnverein zeisig")
    assert len(looked_at) == len(TAUGHT) + 1

    assert guess(Habits(lambda: reversed(TAUGHT)), "singkreis zeisig") == Guess("music", 97)

    assert looked_at[len(TAUGHT) + 1 :] == ["singkreis zeisig"]


def test_one_lesson_more_is_heeded_at_once():
    assert guess(Habits(lambda: TAUGHT), "turnverein zeisige") == Guess("sport", 97)

    more = [*TAUGHT, Lesson("turnverein zeisig", "charity", is_income=False)]

    assert guess(Habits(lambda: more), "turnverein zeisige") == Guess("charity", 95)


def test_the_lessons_of_few_persons_are_kept(looked_at):
    persons = [
        [lesson._replace(category=f"{lesson.category} of {number}") for lesson in TAUGHT]
        for number in range(REMEMBERED + 1)
    ]
    for number, lessons in enumerate(persons):
        assert guess(Habits(lambda lessons=lessons: lessons), "turnverein zeisig").category == (
            f"sport of {number}"
        )

    for lessons, learnt in ((persons[-1], 0), (persons[0], len(TAUGHT))):
        del looked_at[:]
        guess(Habits(lambda lessons=lessons: lessons), "turnverein zeisig")
        assert len(looked_at) == learnt + 1
