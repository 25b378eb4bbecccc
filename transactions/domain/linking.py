"""Rows that belong together: the two halves of a transfer, a purchase and its refund.

Amounts are signed minor units, outflow negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MAX_TRANSFER_DAYS = 4
MAX_REFUND_DAYS = 180


@dataclass(frozen=True, slots=True)
class Leg:
    """A row that is not linked yet.

    ``is_transfer`` says that its category is one of transfers, ``is_open`` that nobody has placed it by hand and
    nothing is known against it; ``names`` are its own account's number and name, ``text`` what stands on it.
    """

    key: str
    day: date
    account: str
    amount: int
    currency: str
    text: str = ""
    names: tuple[str, ...] = ()
    merchant: str = ""
    is_transfer: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that belong together; ``is_sure`` where nothing else would do as well."""

    first: str
    second: str
    score: int
    reasons: tuple[str, ...]
    is_sure: bool


Apart = frozenset[frozenset[str]]
"""Pairs that a person has taken apart."""


def find_transfers(legs: Sequence[Leg], *, apart: Apart = frozenset()) -> list[Pair]:
    """Pairs of a paying and a receiving row of two accounts: the same size and currency within four days.

    One of them has to look like a transfer: by its category, or because it names the other account. Each row is
    in one pair; a pair for which another would do as well is not sure.
    """
    paying: dict[tuple[int, str], list[Leg]] = {}
    for leg in legs:
        if leg.amount < 0:
            paying.setdefault((-leg.amount, leg.currency), []).append(leg)
    found = [
        (score, out, leg, reasons)
        for leg in legs
        if leg.amount > 0
        for out in paying.get((leg.amount, leg.currency), ())
        if frozenset((out.key, leg.key)) not in apart
        for score, reasons in _transfer(out, leg)
    ]
    return _one_each(found)


def find_refunds(
    incoming: Iterable[Leg],
    purchases: Sequence[Leg],
    *,
    refunded: Mapping[str, int] | None = None,
    apart: Apart = frozenset(),
) -> list[Pair]:
    """For money that a merchant gives back, the purchase of at most 180 days before that it can be of.

    ``refunded`` is what has come back of purchases already. A purchase of exactly the amount is sure where there
    is one; a larger one where it is the only one.
    """
    by_merchant: dict[tuple[str, str], list[Leg]] = {}
    for purchase in purchases:
        by_merchant.setdefault((purchase.merchant, purchase.currency), []).append(purchase)
    left = {purchase.key: -purchase.amount - (refunded or {}).get(purchase.key, 0) for purchase in purchases}
    pairs = []
    for money in sorted(incoming, key=lambda leg: (leg.day, leg.key)):
        possible = [
            purchase
            for purchase in by_merchant.get((money.merchant, money.currency), ())
            if money.merchant
            and 0 <= (money.day - purchase.day).days <= MAX_REFUND_DAYS
            and money.amount <= left[purchase.key]
            and frozenset((money.key, purchase.key)) not in apart
        ]
        if possible:
            pair = _refund(money, possible)
            left[pair.second] -= money.amount
            pairs.append(pair)
    return pairs


def _transfer(out: Leg, incoming: Leg) -> Iterable[tuple[int, tuple[str, ...]]]:
    days = abs((out.day - incoming.day).days)
    if out.account == incoming.account or days > MAX_TRANSFER_DAYS:
        return
    signs = [
        (40, "One names the other account.", _names(out, incoming) or _names(incoming, out)),
        (30, "Both look like transfers.", out.is_transfer and incoming.is_transfer),
        (20, "One looks like a transfer.", out.is_transfer != incoming.is_transfer),
    ]
    held = [(points, reason) for points, reason, holds in signs if holds]
    is_possible = (out.is_transfer or out.is_open) and (incoming.is_transfer or incoming.is_open)
    if held and is_possible:
        when = "It is the same day." if not days else f"The days are {days} apart."
        reasons = ("The amount is the same.", when, *(reason for _, reason in held))
        yield 50 + sum(points for points, _ in held) - 5 * days, reasons


def _names(leg: Leg, other: Leg) -> bool:
    text = leg.text.casefold().replace(" ", "")
    return any(len(name) > 3 and name.casefold().replace(" ", "") in text for name in other.names)


def _one_each(found: list[tuple[int, Leg, Leg, tuple[str, ...]]]) -> list[Pair]:
    best: dict[str, list[int]] = {}
    for score, out, leg, _ in found:
        for key in (out.key, leg.key):
            best.setdefault(key, []).append(score)
    pairs: list[Pair] = []
    taken: set[str] = set()
    for score, out, leg, reasons in sorted(found, key=lambda each: (-each[0], each[1].key, each[2].key)):
        if {out.key, leg.key} & taken:
            continue
        taken |= {out.key, leg.key}
        rivals = max(best[out.key].count(score), best[leg.key].count(score))
        pairs.append(Pair(out.key, leg.key, min(100, score), reasons, is_sure=rivals == 1))
    return pairs


def _refund(money: Leg, possible: Sequence[Leg]) -> Pair:
    exact = [purchase for purchase in possible if -purchase.amount == money.amount]
    chosen = max(exact or possible, key=lambda purchase: (purchase.day, purchase.key))
    why = "The amount is the same." if exact else "The purchase is larger than what came back."
    reasons = ("It is the same merchant.", why)
    return Pair(
        money.key, chosen.key, 95 if exact else 75, reasons, is_sure=bool(exact) or len(possible) == 1
    )
