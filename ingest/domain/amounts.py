# ruff: noqa: RUF001  (letters of other alphabets are the point here)
"""Amounts as banks write them: marks for decimals and thousands, signs on either side, currency beside."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from ingest.domain.currency_marks import currency_named, is_currency_mark
from ingest.domain.guess import Guess

MAX_TEXT = 48
MAX_INTEGER_DIGITS = 15
ZERO = Decimal(0)

_PLAIN = {
    ".": re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?"),
    ",": re.compile(r"[+-]?[0-9]{1,15}(?:,[0-9]{1,9})?"),
}
_ODD_CHARACTERS = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "—": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
    }
)
_NUMBER = re.compile(r"[0-9.,][0-9.,' ]*(?<! )")
_GROUPING = re.compile(r"[.,' ]")
_INFLOW_MARKS = frozenset({"CR", "C", "H", "CREDIT", "HABEN", "+"})
_OUTFLOW_MARKS = frozenset({"DR", "D", "S", "DB", "DEBIT", "SOLL", "-"})
_FRACTION = re.compile(r"[0-9]{0,9}")


def parse_amount(text: str, *, decimal_mark: str) -> Decimal:
    """The exact value of an amount as written, negative where it says so.

    A minus on either side, parentheses, or DR / D / S behind the number make it negative; a plus or CR / C
    / H leave it positive. Currency codes and signs are passed over. Thousands may be grouped by a point,
    comma, apostrophe or space, in threes (or the Indian way, twos before the last three); anything else
    raises ``ValueError``, so that a decimal mark taken wrongly is found out and not read as a hundredfold
    amount.
    """
    if _PLAIN[decimal_mark].fullmatch(text):
        return Decimal(text.replace(",", ".")) or ZERO
    number, marks = _split(text)
    value = Decimal(_plain_digits(number, decimal_mark))
    return (-value if _is_negative(marks) else value) or ZERO


def is_amount(text: str) -> bool:
    """Whether the text can be read as an amount under one decimal mark or the other."""
    return len(text) <= MAX_TEXT and _reads_either_way(text)


def is_marked_inflow(text: str) -> bool:
    """Whether the amount itself says that money came in: a plus, or CR / C / H."""
    return bool(_marks_of(text) & _INFLOW_MARKS)


def is_marked_outflow(text: str) -> bool:
    """Whether the amount itself says that money went out: a minus, parentheses, or DR / D / S."""
    return bool(_marks_of(text) & _OUTFLOW_MARKS)


def currency_beside(text: str) -> str | None:
    """The currency written beside the number, where the mark stands for one currency only."""
    try:
        marks = _split(text)[1]
    except ValueError:
        return None
    named = {currency_named(mark) for mark in marks if mark not in _INFLOW_MARKS | _OUTFLOW_MARKS} - {None}
    return named.pop() if len(named) == 1 else None


def decide_decimal_mark(samples: Iterable[str], *, favoured: str = ".") -> Guess[str]:
    """The decimal mark of a set of amounts, by what each of them can mean.

    "1.234,56" and "12,5" prove a comma; "1,234" alone proves nothing and counts as grouping only where
    nothing else speaks. ``favoured`` is answered, with confidence 0.5, where no sample has a mark.
    """
    votes: Counter[str] = Counter()
    hints: Counter[str] = Counter()
    for sample in samples:
        mark, sure = _decimal_mark_of(sample)
        if mark:
            (votes if sure else hints)[mark] += 1
    if votes:
        mark, count = votes.most_common(1)[0]
        return Guess(mark, 0.99 * count / votes.total())
    if hints:
        return Guess(hints.most_common(1)[0][0], 0.5)
    return Guess(favoured, 0.5)


@lru_cache(maxsize=8192)
def _reads_either_way(text: str) -> bool:
    return _reads(text, ".") or _reads(text, ",")


def _reads(text: str, decimal_mark: str) -> bool:
    try:
        parse_amount(text, decimal_mark=decimal_mark)
    except ValueError:
        return False
    return True


def _marks_of(text: str) -> frozenset[str]:
    try:
        return frozenset(_split(text)[1])
    except ValueError:
        return frozenset()


def _split(text: str) -> tuple[str, list[str]]:
    """The number inside the text, and the marks around it in upper case ("-" also for parentheses)."""
    text = text.translate(_ODD_CHARACTERS).strip()
    if len(text) > MAX_TEXT:
        raise ValueError("too long for an amount")
    marks = []
    if text.startswith("(") and text.endswith(")"):
        text, marks = text[1:-1], ["-"]
    found = _NUMBER.search(text)
    if found is None:
        raise ValueError("no number")
    marks += _marks(text[: found.start()]) + _marks(text[found.end() :])
    return found.group(), marks


def _marks(text: str) -> list[str]:
    spaced = text.replace("+", " + ").replace("-", " - ").upper()
    marks = [mark.rstrip(".") for mark in spaced.split()]
    for mark in marks:
        if mark not in _INFLOW_MARKS and mark not in _OUTFLOW_MARKS and not is_currency_mark(mark):
            raise ValueError("beside the number stands neither a sign nor a currency")
    return marks


def _is_negative(marks: list[str]) -> bool:
    out = sum(mark in _OUTFLOW_MARKS for mark in marks)
    if out > 1 or (out and any(mark in _INFLOW_MARKS for mark in marks)):
        raise ValueError("more than one sign")
    return out == 1


def _plain_digits(number: str, decimal_mark: str) -> str:
    integer, mark, fraction = number.partition(decimal_mark)
    if not _FRACTION.fullmatch(fraction) or (not integer and not fraction):
        raise ValueError("not an amount")
    digits = _ungrouped(integer) if integer else "0"
    if len(digits) > MAX_INTEGER_DIGITS:
        raise ValueError("more digits than an amount can have")
    return f"{digits}.{fraction}" if mark and fraction else digits


def _ungrouped(integer: str) -> str:
    groups = _GROUPING.split(integer)
    if len(groups) == 1:
        return integer
    one_mark = len(set(_GROUPING.findall(integer))) == 1
    if not one_mark or not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3:
        raise ValueError("digits grouped in no known way")
    middle = {len(group) for group in groups[1:-1]}
    if middle - {3} and middle != {2}:
        raise ValueError("digits grouped in no known way")
    return "".join(groups)


def _decimal_mark_of(text: str) -> tuple[str, bool]:
    try:
        number = _split(text)[0]
    except ValueError:
        return "", False
    point, comma = number.rfind("."), number.rfind(",")
    if point >= 0 and comma >= 0:
        return ("." if point > comma else ","), True
    last = max(point, comma)
    return _single_mark(number, last) if last >= 0 else ("", False)


def _single_mark(number: str, at: int) -> tuple[str, bool]:
    mark = number[at]
    other = "," if mark == "." else "."
    if number.count(mark) > 1:
        return other, True
    if len(number) - at - 1 == 3 and 1 <= at <= 3:
        return other, False
    return mark, True
