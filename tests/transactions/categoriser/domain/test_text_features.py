from hypothesis import given
from hypothesis import strategies as st

from transactions.categoriser.domain.text_features import MAX_LETTERS, MAX_WORDS, marks


def test_a_word_is_known_by_itself_and_by_its_pieces_with_its_ends():
    assert marks(["zoo"], country="") == {
        "=zoo", " z", "zo", "oo", "o ", " zo", "zoo", "oo ", " zoo", "zoo ", " zoo "
    }  # fmt: skip


def test_neighbouring_words_and_the_country_count():
    assert {"alte_post", "@at"} <= marks(["alte", "post"], country="at")


def test_a_country_alone_says_nothing():
    assert marks([], country="at") == set()


@given(st.lists(st.text(min_size=1, max_size=60), max_size=40), st.sampled_from(["", "de"]))
def test_a_long_text_has_boundedly_many_marks(words, country):
    assert len(marks(words, country=country)) <= MAX_WORDS * (4 * (MAX_LETTERS + 2) + 2) + 1
