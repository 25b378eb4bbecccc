"""The European Central Bank's reference rates since 1999, as shipped with CurrencyConverter."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import lru_cache

from currency_converter import CurrencyConverter

from transactions.domain.valuation import Rate

REFERENCE = "EUR"


class EcbRates:
    """Rates by day; the euro is the reference, other pairs cross through it."""

    def __init__(self) -> None:
        table = CurrencyConverter(decimal=True)
        self._by_currency: dict[str, tuple[list[date], list[Decimal]]] = {}
        for currency in table.currencies - {REFERENCE}:
            known = sorted((day, rate) for day, rate in table._rates[currency].items() if rate)  # noqa: SLF001
            self._by_currency[currency] = ([day for day, _ in known], [rate for _, rate in known])

    def rate(self, *, source: str, target: str, on: date) -> Rate | None:
        """See ``ExchangeRates.rate``; ``Rate.on`` is the older of the two days that the rate crosses."""
        bought, sold = self._per_euro(source, on), self._per_euro(target, on)
        if bought is None or sold is None:
            return None
        legs = [rate.on for code, rate in ((source, bought), (target, sold)) if code != REFERENCE]
        return Rate(value=sold.value / bought.value, on=min(legs, default=on))

    def _per_euro(self, currency: str, on: date) -> Rate | None:
        if currency == REFERENCE:
            return Rate(Decimal(1), on)
        days, rates = self._by_currency.get(currency, ([], []))
        if not days:
            return None
        index = max(0, bisect_right(days, on) - 1)
        return Rate(rates[index], days[index])


@lru_cache(maxsize=1)
def ecb_rates() -> EcbRates:
    """The one table of this process; loading takes some 0.3 s."""
    return EcbRates()
