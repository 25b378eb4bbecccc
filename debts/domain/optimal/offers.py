"""Balance transfers: what a lender offers, and a household after taking it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from debts.domain.allocation import order_of_excess, pay
from debts.domain.interest import share_of
from debts.domain.terms import Debt, Minimum, RateStep, Segment, SegmentKind

NO_MINIMUM = Minimum()


@dataclass(frozen=True, slots=True)
class Offer:
    """Debts can be moved to a new one before the first month.

    The fee is ``fee_percent`` of what is moved, at least ``minimum_fee``, and joins the new balance; ``cap``
    limits what is moved, without the fee. The rate is ``promo_apr`` for ``promo_months``, then ``go_to_apr``.
    ``eligible`` are places in the household; None is all of them.
    """

    name: str
    fee_percent: Decimal
    cap: int
    promo_months: int
    go_to_apr: Decimal
    promo_apr: Decimal = Decimal(0)
    minimum_fee: int = 0
    minimum: Minimum = NO_MINIMUM
    eligible: frozenset[int] | None = None

    def accepts(self, debt: int) -> bool:
        return self.eligible is None or debt in self.eligible

    def fee(self, moved: int) -> int:
        """The fee for moving so many minor units, half-up; nothing for nothing."""
        return max(share_of(moved, self.fee_percent), self.minimum_fee) if moved else 0

    def debt(self, opening: int) -> Debt:
        """The new debt."""
        rates = (RateStep(1, self.promo_apr), RateStep(self.promo_months + 1, self.go_to_apr))
        kept = rates if self.promo_months else rates[1:]
        return Debt(self.name, (Segment(opening, kept, SegmentKind.TRANSFER),), self.minimum)


@dataclass(frozen=True, slots=True)
class Transfer:
    """``amount`` minor units moved from a debt to an offer, by their places; ``fee`` is this amount's share."""

    debt: int
    offer: int
    amount: int
    fee: int


def with_fees(moved: Sequence[tuple[int, int, int]], offers: Sequence[Offer]) -> tuple[Transfer, ...]:
    """Transfers from (debt, offer, amount); the first of an offer carries what rounding leaves of its fee."""
    transfers: list[Transfer] = []
    for place, offer in enumerate(offers):
        mine = [each for each in moved if each[1] == place and each[2]]
        total = sum(amount for _, _, amount in mine)
        fees = [offer.fee(total) * amount // total for _, _, amount in mine]
        if fees:
            fees[0] += offer.fee(total) - sum(fees)
        transfers += [Transfer(*each, fee) for each, fee in zip(mine, fees, strict=True)]
    return tuple(transfers)


def after_transfers(
    debts: Sequence[Debt], offers: Sequence[Offer], transfers: Sequence[Transfer]
) -> list[Debt]:
    """The household in its old order, then one debt for each offer, empty where it was not taken.

    A transfer pays a card's dearest balance first, as any payment above the minimum does.
    """
    left = [
        _reduced(debt, sum(each.amount for each in transfers if each.debt == index))
        for index, debt in enumerate(debts)
    ]
    taken = [
        offer.debt(sum(each.amount + each.fee for each in transfers if each.offer == place))
        for place, offer in enumerate(offers)
    ]
    return left + taken


def _reduced(debt: Debt, amount: int) -> Debt:
    if not amount:
        return debt
    balances = [segment.balance for segment in debt.segments]
    pay(balances, amount, order_of_excess(debt.segments, 1))
    segments = zip(debt.segments, balances, strict=True)
    return replace(debt, segments=tuple(replace(segment, balance=balance) for segment, balance in segments))
