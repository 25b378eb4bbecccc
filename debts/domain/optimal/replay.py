"""A solver's answer, turned into plans that the engine can follow."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from debts.domain.optimal.candidates import FINE, Candidate, Household, candidate, finer_offer
from debts.domain.optimal.household_model import Hint
from debts.domain.optimal.offers import Offer, after_transfers, with_fees
from debts.domain.simulation import Instructions
from debts.domain.strategies import Ranked, Ranking, by_balance, by_final_rate, by_rate
from debts.domain.terms import MAX_MONTHS

FALLBACKS = (by_rate, by_final_rate, by_balance)


def replayed(origin: str, hint: Hint, household: Household, offers: Sequence[Offer]) -> list[Candidate]:
    """The hint's payments, with what rounding leaves spent in several ways; and its transfers, freely paid."""
    ways = [Instructions(by_next_payment(hint.extra), hint.extra)]
    ways += [Instructions(ranking, hint.extra) for ranking in FALLBACKS]
    if not hint.moved:
        return _moved(origin, ways, (), household, offers)
    ways += [Instructions(ranking) for ranking in FALLBACKS]
    up = [(debt, offer, amount + 1) for debt, offer, amount in hint.moved]
    return [
        each
        for moved in (hint.moved, _affordable(up, household, offers))
        for each in _moved(origin, ways, moved, household, offers)
    ]


def _moved(
    origin: str,
    ways: Sequence[Instructions],
    moved: Sequence[tuple[int, int, int]],
    household: Household,
    offers: Sequence[Offer],
) -> list[Candidate]:
    """Those ways that are possible and end, after these transfers."""
    fine_offers = [finer_offer(offer) for offer in offers]
    transfers = with_fees(moved, offers)
    fine = with_fees([(debt, offer, amount * FINE) for debt, offer, amount in moved], fine_offers)
    after = replace(household, debts=after_transfers(household.debts, offers, transfers))
    finer = household.finer()
    finer = replace(finer, debts=after_transfers(finer.debts, fine_offers, fine))
    fees = sum(each.fee for each in fine)
    tried = (candidate(origin, after, way, finer=finer, transfers=transfers, fine_fees=fees) for way in ways)
    return [each for each in tried if each is not None]


def _affordable(
    moved: Sequence[tuple[int, int, int]], household: Household, offers: Sequence[Offer]
) -> list[tuple[int, int, int]]:
    """The same moves, none above what its debt owes or its offer takes."""
    owed = [debt.balance for debt in household.debts]
    room = [offer.cap for offer in offers]
    kept = []
    for debt, offer, amount in moved:
        part = min(amount, owed[debt], room[offer])
        owed[debt] -= part
        room[offer] -= part
        kept.append((debt, offer, part))
    return kept


def by_next_payment(extra: Mapping[int, Mapping[int, int]]) -> Ranking:
    """The debt that the plan pays next comes first, then the highest rate."""
    months: dict[int, list[int]] = {}
    for month in sorted(extra):
        for debt in extra[month]:
            months.setdefault(debt, []).append(month)

    def next_month(debt: int, month: int) -> int:
        later = months.get(debt, [])
        place = bisect_left(later, month)
        return later[place] if place < len(later) else MAX_MONTHS + 1

    def ranking(month: int, owed: Sequence[Ranked]) -> Sequence[Ranked]:
        return sorted(
            owed, key=lambda debt: (next_month(debt.index, month), -debt.apr(month), debt.owed, debt.index)
        )

    return ranking
