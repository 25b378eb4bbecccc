"""Which currency a piece of text names: ISO 4217 codes, and signs that mean one currency only."""

import re
from functools import lru_cache

from moneyed import CURRENCIES

# The bare dollar, the yen/yuan sign and "kr" are left out: each belongs to several currencies.
CURRENCY_OF_SIGN = {
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₹": "INR",
    "₪": "ILS",
    "₩": "KRW",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
    "₸": "KZT",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "MX$": "MXN",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "ЛВ": "BGN",
    "РУБ": "RUB",
    "FT": "HUF",
    "LEI": "RON",
    "EURO": "EUR",
    "EUROS": "EUR",
    "SFR": "CHF",
    "FR": "CHF",
    "TL": "TRY",
    "GRN": "UAH",
    "ГРН": "UAH",
    "KM": "BAM",
    "RS": "INR",
}
SHARED_SIGNS = frozenset({"$", "¥", "KR", "DKR", "NKR", "SKR", "₨"})
# Codes that are also everyday words, or that no bank account is kept in.
_UNLIKELY_CODES = frozenset(
    {"ALL", "TOP", "XXX", "XTS", "CUP", "XAU", "XAG", "XPT", "XPD", "MOP", "LAK", "XSU", "IMP"}
)
CURRENCY_CODES = frozenset(code for code in CURRENCIES if len(code) == 3) - _UNLIKELY_CODES
MAX_MARK = 16
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


@lru_cache(maxsize=512)
def is_currency_mark(text: str) -> bool:
    """Whether a short text beside a number is a currency code or sign, ambiguous signs included."""
    mark = text.upper().rstrip(".")
    return mark in CURRENCY_CODES or mark in CURRENCY_OF_SIGN or mark in SHARED_SIGNS


def currency_named(text: str) -> str | None:
    """The one currency that a code or sign stands for; None where it stands for none or for several."""
    return _currency_named(text) if len(text) <= MAX_MARK else None


@lru_cache(maxsize=512)
def _currency_named(text: str) -> str | None:
    mark = text.strip().upper().rstrip(".")
    if mark in CURRENCY_CODES:
        return mark
    return CURRENCY_OF_SIGN.get(mark)


def currency_within(text: str) -> str | None:
    """The only currency code that stands as an upper-case word of its own in a longer text, else None."""
    codes = {code for code in _CODE.findall(text) if code in CURRENCY_CODES}
    return codes.pop() if len(codes) == 1 else None
