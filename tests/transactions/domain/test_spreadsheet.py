"""Text that a spreadsheet must not run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.spreadsheet import neutralised


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "=", "-"])
def test_a_formula_becomes_text(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "LIDL", "1-1", "a=b", "'=1", "Köln", "50 %"])
def test_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text


@given(st.text())
def test_nothing_that_is_left_begins_a_formula(text: str) -> None:
    assert not neutralised(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert neutralised(text).endswith(text)
