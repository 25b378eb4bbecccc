"""Amounts, days, times, currencies and text as banking standards write them."""

import html
import re
from datetime import date, time
from decimal import Decimal

_MINUS_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
_PLAIN_AMOUNT = re.compile(r"[+-]?(?:\d{1,24}(?:[.,]\d{0,12})?|[.,]\d{1,12})", re.ASCII)
_GROUPED_AMOUNT = re.compile(
    r"[+-]?\d{1,3}(?:(?P<group>[.,' \u00a0\u2009\u202f\u2019])\d{3})(?:(?P=group)\d{3}){0,6}"
    r"(?:(?!(?P=group))[.,]\d{0,12})?",
    re.ASCII,
)
_LONE_SEPARATOR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_GROUPING = re.compile(r"[' \u00a0\u2009\u202f\u2019]")

_MOMENT = re.compile(
    r"(\d{4})([-/.]?)(\d{2})\2(\d{2})"  # day
    r"(?:[T ]?(\d{2})(?::?(\d{2})(?::?(\d{2}))?)?)?"  # time
    r"(?:[.:,]\d{0,9})?\s?(?:\[.{0,40}|Z|[+-]\d{2}:?\d{2})?",  # fraction and zone
    re.ASCII,
)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200
_NO_TIME = frozenset({time(0, 0), time(12, 0)})

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MCC = re.compile(r"\d{1,4}", re.ASCII)


def amount(text: str) -> Decimal | None:
    """The exact amount, or None where the text is none.

    The standard knows one decimal separator, comma or point, and no thousands separators: a single separator
    is therefore the decimal one. Separators in regular groups of three are understood all the same when
    there are several or when a decimal separator of the other kind follows. Symbols and exponents are not.
    """
    text = text.strip().translate(_MINUS_SIGNS)
    if text[-1:] == "-" and text[:1] not in "+-":
        text = f"-{text[:-1]}"
    if _PLAIN_AMOUNT.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return _grouped_amount(text)


def _grouped_amount(text: str) -> Decimal | None:
    match = _GROUPED_AMOUNT.fullmatch(text)
    if match is None:
        return None
    group = match["group"]
    return Decimal(text.replace(group, "").replace(",", "."))


def is_lone_separator(text: str) -> bool:
    """Whether an amount such as ``1,234`` could as well have been meant as grouped thousands."""
    return _LONE_SEPARATOR.fullmatch(text.strip()) is not None


def moment(text: str) -> tuple[date, time | None] | None:
    """The day as the bank wrote it, and the time of day where one is stated; None where there is no day.

    The zone in brackets is not applied: it would move evening entries to the next day. Midnight and noon
    are what banks write when they know no time.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, _, month, day, hour, minute, second = match.groups()
    if not _EARLIEST_YEAR <= int(year) <= _LATEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day)), _time(hour, minute, second)
    except ValueError:
        return None


def _time(hour: str | None, minute: str | None, second: str | None) -> time | None:
    if hour is None or minute is None:
        return None
    try:
        stated = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
    return None if stated in _NO_TIME else stated


def plain_text(text: str) -> str:
    """Text with character references resolved, control characters dropped and white space folded.

    Banks escape twice (``&amp;amp;``) and leave bare ampersands; both come out as a person would read them.
    """
    if "&" in text:
        text = _ENTITY.sub(_character, _ENTITY.sub(_character, text))
    return " ".join((text if text.isprintable() else _CONTROL.sub(" ", text)).split())


def _character(match: re.Match[str]) -> str:
    # SGML writers use upper-case names; of those HTML knows only a few.
    resolved = html.unescape(match[0])
    return html.unescape(match[0].lower()) if resolved == match[0] else resolved


def currency(text: str) -> str | None:
    """An ISO 4217 code in upper case, or None where the text does not look like one."""
    code = text.strip().upper()
    return code if _CURRENCY.fullmatch(code) else None


def mcc(text: str) -> str | None:
    """A merchant category code in four digits; OFX calls it SIC and drops leading zeros. Zero is none."""
    code = text.strip()
    if not _MCC.fullmatch(code) or not int(code):
        return None
    return code.zfill(4)


def joined(*parts: str) -> str:
    """The parts in order, without one that another already says."""
    text = folded = ""
    for part in parts:
        small = part.casefold()
        if not part or _says(folded, small):
            continue
        if not text or _says(small, folded):
            text, folded = part, small
        else:
            text, folded = f"{text} {part}", f"{folded} {small}"
    return text


def _says(whole: str, part: str) -> bool:
    """Whether ``whole`` holds ``part`` as whole words, or begins with it, as a name cut short does."""
    at = whole.find(part)
    if at <= 0:
        return at == 0
    end = at + len(part)
    return not whole[at - 1].isalnum() and not whole[end : end + 1].isalnum()
