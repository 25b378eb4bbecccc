"""Who tells the ledger what it needs from outside: chosen here, and known by name nowhere else in the app."""

from transactions.ports import ExchangeRates


def exchange_rates() -> ExchangeRates:
    """The source of reference rates; its table is read when it is first asked for."""
    from transactions.adapters.ecb import ecb_rates

    return ecb_rates()
