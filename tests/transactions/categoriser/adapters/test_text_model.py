import dataclasses

import numpy as np
import pytest

from transactions.categoriser.adapters import dictionary, text_model
from transactions.categoriser.adapters.text_model import (
    Calibration,
    TrainedModel,
    UnusableModelError,
    Weights,
    read_model,
    shipped_model,
    write_model,
)
from transactions.categoriser.adapters.text_training import digest_of
from transactions.categoriser.ports import Guess
from transactions.domain.category_tree import CATEGORY_BY_CODE

WEIGHTS = Weights(
    categories=("groceries", "salary", "uncategorised"),
    marks=("=lohn", "=markt", "=mia"),
    grid=np.array([[0, 100, 0], [100, 0, 0], [0, 0, 100]], dtype=np.int8),
    scales=(0.01, 0.01, 0.01),
    intercepts=(-1.0, -1.0, -1.0),
    sharpness=5.0,
)
HONEST = Calibration(raw=(0, 100), percents=(0, 100), least=60)
MODEL = TrainedModel(WEIGHTS, HONEST)


def guess(*words, is_inflow=None, model=MODEL):
    return model.guess(words, country="", is_inflow=is_inflow)


def test_a_guess_is_as_sure_as_it_is_likely():
    assert guess("markt") == Guess("groceries", 98)  # e^5 / (e^5 + 2) = 0.9867


def test_a_name_that_has_nothing_in_common_with_others_gets_no_guess():
    assert guess("quorblax") is None


def test_a_name_of_a_person_gets_no_guess():
    assert guess("mia") is None


@pytest.mark.parametrize(("word", "is_inflow"), [("lohn", False), ("markt", True)])
def test_a_category_that_does_not_suit_the_direction_is_no_guess(word, is_inflow):
    assert guess(word, is_inflow=is_inflow) is None


def test_a_guess_that_is_too_unsure_is_not_given():
    unsure = TrainedModel(WEIGHTS, dataclasses.replace(HONEST, least=99))

    assert guess("markt", model=unsure) is None


def test_calibration_follows_a_line_and_rounds_down():
    line = Calibration(raw=(20, 40), percents=(30, 55), least=0)

    assert [line.percent(raw) for raw in (10, 20, 30, 39.9, 40, 90)] == [30, 30, 42, 54, 55, 55]


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "model.gz"
    write_model(path, weights=WEIGHTS, calibration=HONEST)

    assert guess("markt", model=read_model(path)) == Guess("groceries", 98)


def test_a_file_says_what_it_was_trained_from(tmp_path):
    path = tmp_path / "model.gz"
    write_model(path, weights=WEIGHTS, calibration=HONEST, inputs="5f3c")

    assert read_model(path).inputs == "5f3c"


def test_writing_twice_makes_the_same_bytes(tmp_path):
    for name in ("once.gz", "again.gz"):
        write_model(tmp_path / name, weights=WEIGHTS, calibration=HONEST)

    assert (tmp_path / "once.gz").read_bytes() == (tmp_path / "again.gz").read_bytes()


def test_a_file_of_another_version_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "model.gz"
    write_model(path, weights=WEIGHTS, calibration=HONEST)
    monkeypatch.setattr(text_model, "VERSION", 2)

    with pytest.raises(UnusableModelError, match=r"model.gz is not of version 2"):
        read_model(path)


def test_the_shipped_file_is_small_and_names_shipped_categories():
    assert text_model.MODEL_FILE.stat().st_size < 1_000_000
    assert set(shipped_model().categories) <= set(CATEGORY_BY_CODE)


def test_the_shipped_file_was_trained_from_the_shipped_dictionary_and_keywords():
    stored = dictionary.read_stored(dictionary.DICTIONARY_FILE)
    keywords = dictionary.read_keywords(dictionary.KEYWORDS_FILE)

    assert shipped_model().inputs == digest_of(stored, keywords), (
        "The dictionary or the keywords have changed since text_model.gz was trained from them: "
        "run `manage.py train_categoriser` (minutes) and commit what it writes."
    )


@pytest.mark.parametrize(
    ("words", "country", "category"),
    [
        (["fitnesswelt"], "de", "fitness"),
        (["dentalia"], "es", "health"),
        (["superpetrol"], "", "fuel"),
    ],
)
def test_the_shipped_model_guesses_by_what_trades_are_called(words, country, category):
    assert shipped_model().guess(words, country=country, is_inflow=False).category == category
