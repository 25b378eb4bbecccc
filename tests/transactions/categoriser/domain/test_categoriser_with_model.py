"""What is left open by brands, codes and words goes to the person's habits, then to the model."""

from decimal import Decimal

from transactions.categoriser.domain.categoriser import Categoriser, Source
from transactions.categoriser.domain.dictionary import Brand, Dictionary, Keywords
from transactions.categoriser.ports import Guess

DICTIONARY = Dictionary.of(
    brands=[(Brand("Rewe", "groceries", "de"), ["rewe"])],
    hints={},
    mcc={},
    keywords=Keywords.of({"pharmacy": {"de": ["apotheke"]}}),
)


class Knows:
    """Guesses one category for whatever it is asked, and remembers the questions."""

    def __init__(self, category, percent):
        self._guess = Guess(category, percent)
        self.asked = []

    def guess(self, words, *, country, is_inflow):
        self.asked.append((words, country, is_inflow))
        return self._guess


def test_a_name_that_nobody_knows_goes_to_the_model():
    model = Knows("fitness", 72)
    verdict = Categoriser(DICTIONARY, model).categorise(
        description="POS 0042 QUORBLAX BERLIN", amount=Decimal(-20), country="DE"
    )

    assert (verdict.category, verdict.source, verdict.confidence) == (
        "fitness",
        Source.MODEL,
        Decimal("0.72"),
    )
    assert verdict.reason == "It looks like other rows of Fitness (72 % sure)."
    assert model.asked == [(["quorblax"], "de", False)]


def test_a_brand_or_a_word_that_is_sure_is_not_put_to_the_model():
    model = Knows("fitness", 99)
    categoriser = Categoriser(DICTIONARY, model)

    assert categoriser.categorise(description="REWE 0815", country="DE").source is Source.DICTIONARY
    assert categoriser.categorise(description="STADTAPOTHEKE", country="DE").source is Source.KEYWORD
    assert model.asked == []


def test_a_correction_stands_before_the_model():
    categoriser = Categoriser(DICTIONARY, Knows("fitness", 99))
    verdict = categoriser.categorise(description="QUORBLAX 12", corrections={"quorblax": "gifts"})

    assert (verdict.category, verdict.source) == ("gifts", Source.CORRECTION)


def test_what_the_person_taught_about_like_names_stands_before_the_model():
    categoriser = Categoriser(DICTIONARY, Knows("fitness", 99))
    verdict = categoriser.categorise(description="QUORBLAX 12", habits=Knows("one-of-mine", 84))

    assert (verdict.category, verdict.source, verdict.confidence) == (
        "one-of-mine",
        Source.MODEL,
        Decimal("0.84"),
    )
    assert verdict.reason == "It looks like merchants for which you chose this category (84 % sure)."


def test_a_brand_stands_before_what_the_person_taught_about_like_names():
    habits = Knows("one-of-mine", 84)

    assert Categoriser(DICTIONARY).categorise(description="REWE 1", habits=habits).source is Source.DICTIONARY
    assert habits.asked == []


def test_without_a_model_the_answer_stays_open():
    assert Categoriser(DICTIONARY).categorise(description="QUORBLAX").source is Source.NONE
