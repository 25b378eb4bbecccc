"""Whether what two sources saw is one purchase.

A statement, a bank's e-mail, a receipt and a typed entry tell of the same purchase in different words, on
different days, and at times with a different amount. Everything is in minor units, outflow negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

MAX_DAYS = 4
"""Between a purchase and the day on which a bank books it, weekends included."""

MAX_TIP = Decimal("0.30")
"""By how much of the authorised amount the settlement of a restaurant may be higher."""

SIMILAR = 75
"""Of 100: words in common, wherever they stand (``rapidfuzz.fuzz.token_set_ratio``)."""

LEAST_SCORE = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """A purchase as one source tells it, or as the ledger has it.

    ``amounts`` are (signed minor units, currency): the amount paid, and what the account was charged where that
    differs. ``account`` is None where it is not known. ``merchant`` is the merchant's key and ``words`` its text
    in normal form; either may be empty. ``takes_tips`` says that it is a restaurant, a bar or a taxi, and
    ``is_deleted`` that the person took the row out of the ledger.
    """

    key: str
    day: date
    amounts: tuple[tuple[int, str], ...]
    account: str | None = None
    merchant: str = ""
    words: str = ""
    is_pending: bool = False
    takes_tips: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Two tellings of one purchase, how sure that is (60 to 100), and why; ``is_deleted`` is the row's."""

    sighting: str
    row: str
    score: int
    reasons: tuple[str, ...]
    is_deleted: bool = False


def judge(sighting: Seen, row: Seen) -> Match | None:
    """How well a sighting fits a row of the ledger; None where it is another purchase.

    Needed are: the same amount (or a tip within its bound on a pending row), at most four days between them,
    accounts that do not differ, and merchants that do not contradict each other. Without a text on one side
    the day has to be the same or the next and the account known.
    """
    days = abs((sighting.day - row.day).days)
    amount = _amount(sighting, row)
    if amount is None or days > MAX_DAYS or _accounts_differ(sighting, row):
        return None
    merchant = _merchant(sighting, row, days)
    if merchant is None:
        return None
    by_account = _account(sighting, row)
    parts = (amount, _day(days), merchant, by_account)
    score = 100 - sum(loss for loss, _ in parts)
    if score < LEAST_SCORE:
        return None
    reasons = tuple(reason for _, reason in parts if reason)
    return Match(sighting.key, row.key, score, reasons, is_deleted=row.is_deleted)


def best_matches(
    sightings: Sequence[Seen], rows: Iterable[Seen], *, refused: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, Match]:
    """At most one row for each sighting and one sighting for each row, the surest pairs first.

    A deleted row is only for what fits no other. A row may be there in several tellings of one key; the one that
    fits best counts. ``refused`` are pairs of keys that a person has told apart. Among equals the earlier row is
    taken by the earlier sighting, so that identical purchases pair up in their order.
    """
    by_amount = _by_amount(rows)
    found: list[tuple[bool, int, int, date, str, Match]] = []
    for place, sighting in enumerate(sightings):
        for row in _possible(sighting, by_amount):
            match = None if (sighting.key, row.key) in refused else judge(sighting, row)
            if match is not None:
                found.append((row.is_deleted, -match.score, place, row.day, row.key, match))
    taken: set[str] = set()
    chosen: dict[str, Match] = {}
    for *_, match in sorted(found, key=lambda each: each[:5]):
        if match.sighting not in chosen and match.row not in taken:
            chosen[match.sighting] = match
            taken.add(match.row)
    return chosen


_Part = tuple[int, str]


def _amount(sighting: Seen, row: Seen) -> _Part | None:
    if set(sighting.amounts) & set(row.amounts):
        return 0, "The amount is the same."
    if row.is_pending and not sighting.is_pending and (row.takes_tips or sighting.takes_tips):
        for paid, currency in sighting.amounts:
            for authorised, known in row.amounts:
                if currency == known and authorised < 0 and _is_tipped(-paid, -authorised):
                    return 10, "It is the authorised amount with a tip."
    return None


def _is_tipped(paid: int, authorised: int) -> bool:
    return authorised < paid <= authorised * (1 + MAX_TIP)


def _accounts_differ(sighting: Seen, row: Seen) -> bool:
    return None not in (sighting.account, row.account) and sighting.account != row.account


def _account(sighting: Seen, row: Seen) -> _Part:
    if sighting.account is not None and sighting.account == row.account:
        return 0, "It is the same account."
    return 10, ""


def _day(days: int) -> _Part:
    if not days:
        return 0, "It is the same day."
    return 4 * days, f"The days are {days} apart." if days > 1 else "It is the day before or after."


def _merchant(sighting: Seen, row: Seen, days: int) -> _Part | None:
    if sighting.merchant and sighting.merchant == row.merchant:
        return 0, "It is the same merchant."
    ours, theirs = sighting.words or sighting.merchant, row.words or row.merchant
    if not ours or not theirs:
        known = sighting.account is not None and sighting.account == row.account
        return (25, "One of them names no merchant.") if known and days <= 1 else None
    alike = int(fuzz.token_set_ratio(ours, theirs))
    return ((100 - alike) // 2, f"The merchants' names are {alike} % alike.") if alike >= SIMILAR else None


def _by_amount(rows: Iterable[Seen]) -> tuple[Mapping[tuple[int, str], list[Seen]], list[Seen]]:
    exact: dict[tuple[int, str], list[Seen]] = {}
    pending: list[Seen] = []
    for row in rows:
        for amount in dict.fromkeys(row.amounts):
            exact.setdefault(amount, []).append(row)
        if row.is_pending:
            pending.append(row)
    return exact, pending


def _possible(
    sighting: Seen, rows: tuple[Mapping[tuple[int, str], list[Seen]], list[Seen]]
) -> Iterable[Seen]:
    exact, pending = rows
    possible = [row for amount in sighting.amounts for row in exact.get(amount, ())]
    return dict.fromkeys(possible if sighting.is_pending else possible + pending)
