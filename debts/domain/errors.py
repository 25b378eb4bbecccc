"""Why a plan is not possible. Amounts are minor units."""


class PlanError(Exception):
    """What was asked cannot be planned; the figures that say why are attributes."""


class BudgetBelowMinimumsError(PlanError):
    """The month's budget does not cover what the lenders ask for."""

    def __init__(self, *, month: int, needed: int, available: int) -> None:
        super().__init__(f"Month {month}: {available} of {needed}")
        self.month, self.needed, self.available = month, needed, available


class NeverPaidOffError(PlanError):
    """A debt still stands after the last month that is looked at.

    ``debt`` is its place in the household, ``payment`` the smallest constant monthly payment that would clear
    it within ``months``.
    """

    def __init__(self, *, debt: int, payment: int, months: int) -> None:
        super().__init__(f"Debt {debt} stands after {months} months")
        self.debt, self.payment, self.months = debt, payment, months


class TargetOutOfReachError(PlanError):
    """No monthly budget frees the household by the month asked for."""


class HouseholdTooLargeError(PlanError):
    """The cheapest plan of so many debts over so many months takes longer than somebody waits for it."""

    def __init__(self, *, debts: int, months: int) -> None:
        super().__init__(f"{debts} debts over {months} months")
        self.debts, self.months = debts, months
