import random

import numpy as np
import pytest

from transactions.categoriser.adapters import text_training
from transactions.categoriser.adapters.dictionary import StoredDictionary
from transactions.categoriser.adapters.text_model import Calibration, TrainedModel, write_model
from transactions.categoriser.adapters.text_training import (
    Trial,
    calibrate,
    digest_of,
    fit,
    folds,
    report,
    train,
)
from transactions.categoriser.adapters.training_text import Example, brand_examples, person_examples
from transactions.categoriser.domain.dictionary import Brand, Keywords, MccMeaning, WordHint

NAMES = "adler berg cedar dorf erle falke garten hafen insel juwel krone linde mond nord ost perle quelle rose".split()  # noqa: SIM905
TRADES = {"pharmacy": "apotheke", "bakery-sweets": "backhaus", "hotels": "herberge"}
BRANDS = [
    (Brand(f"{name}{word}", category, "de"), [f"{name}{word}"])
    for category, word in TRADES.items()
    for name in NAMES
]
STORED = StoredDictionary(brands=BRANDS, hints={}, mcc={"5912": MccMeaning("pharmacy", "Drug stores")})
KEYWORDS = Keywords.of({"pharmacy": {"el": ["farmakeio"]}})


@pytest.fixture(scope="module")
def trained():
    return train(STORED, KEYWORDS, marks_kept=300)


def test_training_twice_makes_the_same_bytes(trained, tmp_path):
    again = train(STORED, KEYWORDS, marks_kept=300)
    write_model(tmp_path / "once.gz", weights=trained.weights, calibration=trained.calibration)
    write_model(tmp_path / "again.gz", weights=again.weights, calibration=again.calibration)

    assert (tmp_path / "once.gz").read_bytes() == (tmp_path / "again.gz").read_bytes()


OTHER_BRAND = [(Brand("Adlerapotheke", "pharmacy", "at"), ["adlerapotheke"]), *BRANDS[1:]]
OTHER_NAME = [(BRANDS[0][0], ["adlerapotheke", "adler"]), *BRANDS[1:]]
OTHER_CODE = {"5912": MccMeaning("health", "Drug stores")}


@pytest.mark.parametrize(
    ("stored", "keywords"),
    [
        (STORED._replace(brands=OTHER_BRAND), KEYWORDS),
        (STORED._replace(brands=OTHER_NAME), KEYWORDS),
        (STORED._replace(mcc=OTHER_CODE), KEYWORDS),
        (STORED, Keywords.of({"pharmacy": {"el": ["farmakeio", "farmakia"]}})),
        (STORED, Keywords.of({"health": {"el": ["farmakeio"]}})),
    ],
)
def test_other_data_have_another_digest(stored, keywords):
    assert digest_of(stored, keywords) != digest_of(STORED, KEYWORDS)


def test_what_is_not_learnt_from_does_not_count_in_the_digest():
    rewritten = STORED._replace(hints={"apotheke": WordHint("pharmacy", 90, 17)})

    assert digest_of(rewritten, KEYWORDS) == digest_of(STORED, KEYWORDS)


def test_a_trade_is_recognised_in_a_name_never_seen(trained):
    model = TrainedModel(trained.weights, trained.calibration)

    assert model.guess(["zanderbackhaus"], country="de", is_inflow=False).category == "bakery-sweets"


def test_the_bytes_say_what_scikit_learn_says():
    examples = [Example(aliases[0].split(), "de", brand.category, 1.0) for brand, aliases in BRANDS]
    weights = fit(examples, marks_kept=10_000)
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(
        analyzer=text_training._marks_of, vocabulary=list(weights.marks), binary=True, dtype=np.float32
    )
    machine = text_training._machine(counter.transform(examples), examples, tolerance=text_training.FINE)
    model = TrainedModel(weights, Calibration((0,), (0,), least=0))

    from sklearn.preprocessing import normalize

    theirs = machine.decision_function(normalize(counter.transform(examples)))
    ours = np.array([model.scores(example.words, country="de") for example in examples])
    assert np.abs(ours - theirs).max() < 0.02


def test_brands_with_a_name_in_common_are_held_out_together():
    alike = [
        (Brand("Coop", "groceries", "ch"), ["coop"]),
        (Brand("Coop Pank", "savings", "ee"), ["pank", "coop"]),
    ]
    parts = folds([*alike, *BRANDS], count=4)

    assert sorted(position for part in parts for position in part) == list(range(len(BRANDS) + 2))
    assert sum({0, 1} <= part for part in parts) == 1


def test_calibration_asks_for_what_is_right_often_enough_together():
    sure = [Trial(90.0, is_right=True, weight=1.0)] * 70
    unsure = [Trial(40.0, is_right=False, weight=1.0)] * 30
    hopeless = [Trial(10.0, is_right=False, weight=1.0)] * 50
    line = calibrate([*sure, *unsure, *hopeless])

    assert [line.percent(raw) for raw in (90, 40, 10)] == [95, 0, 0]
    assert line.percent(65) == 47


def test_a_brand_is_learned_by_each_name_and_once_as_a_terminal_prints_it():
    brand = Brand("Mein Markt", "groceries", "")
    examples = list(brand_examples(brand, ["mein markt", "meinmarkt"], chance=random.Random(1)))

    assert [example.words for example in examples[:2]] == [["mein", "markt"], ["meinmarkt"]]
    assert len(examples) == 3
    assert {example.category for example in examples} == {"groceries"}


def test_people_are_nobody_s_trade():
    people = list(person_examples(chance=random.Random(1)))

    assert {example.category for example in people} == {"uncategorised"}
    assert all(example.words for example in people)


def test_the_report_says_how_often_guesses_are_given_and_right(trained):
    assert "of the guesses are right" in report(trained)
