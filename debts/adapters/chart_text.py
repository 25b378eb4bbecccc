"""Words in a picture, and the picture as text that any page may take in."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from core.domain.money import minor_as_text
from debts.domain.interest import month_on

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_AMOUNT = 14
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

_STAND_IN = re.compile(r"\{(\d+)\}")
_STYLE = re.compile(r' style="([^"]*)"')
_FONT = re.compile(r'font-family="[^"]*"')
_ID = re.compile(r' id="([^"]*)"')
_USED_ID = re.compile(r"#([\w-]+)")
_STYLE_SHEET = re.compile(r"<style.*?</style>", re.DOTALL)


class Texts:
    """Words that matplotlib never sees.

    It would read formulas into dollar signs and warn of letters that its own font lacks. It draws a stand-in
    instead, which the finished picture replaces.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []

    def stand_in(self, text: str) -> str:
        self._texts.append(text)
        return f"{{{len(self._texts) - 1}}}"

    def fill(self, svg: str) -> str:
        return _STAND_IN.sub(lambda match: escape(self._texts[int(match[1])]), svg)


def portable(svg: str) -> str:
    """The picture without style sheets, style attributes and ids that nothing refers to.

    A content security policy refuses styles, and inside a page a style sheet or an id would reach beyond the
    picture.
    """
    styled = _STYLE.sub(lambda match: _attributes(match[1]), _STYLE_SHEET.sub("", svg))
    used = set(_USED_ID.findall(styled))
    return _ID.sub(lambda match: match[0] if match[1] in used else "", _FONT.sub("", styled))


def _attributes(style: str) -> str:
    pairs = (declaration.partition(":") for declaration in style.split(";") if declaration.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)


def bounded(text: str, width: int) -> str:
    """One printable line of at most ``width`` columns; a Chinese, Japanese or Korean letter takes two places."""
    line = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    if columns(line[: width + 1]) <= width:
        return line
    kept = line[:width]
    while columns(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def columns(text: str) -> float:
    """About how wide the text is, in small letters of a common width."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    if letter in "MWmw@%&":
        return 1.7
    return 1.2 if letter.isupper() else 1


def month_text(start: date, month: int) -> str:
    """``Jun 2028``, whatever the language of the server."""
    day = month_on(start, month)
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def money_text(units: int, currency: str) -> str:
    """``3,230.11``, exact; ``1.2e+21`` for what no household owes."""
    amount = Decimal(minor_as_text(units, currency))
    text = f"{amount:,}"
    return text if len(text) <= LONGEST_AMOUNT else f"{amount:.1e}"
