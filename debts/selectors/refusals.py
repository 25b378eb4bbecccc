"""Plans that are not possible, in words and figures."""

from core.errors import DomainError
from core.serializers import drawn
from debts.domain.errors import (
    BudgetBelowMinimumsError,
    HouseholdTooLargeError,
    NeverPaidOffError,
    PlanError,
    TargetOutOfReachError,
)
from debts.domain.terms import MAX_MONTHS
from debts.selectors.answers import Fault
from debts.selectors.households import Household


def refusal_of(fault: PlanError, home: Household, *, pointer: str = "/monthly_budget") -> DomainError:
    """The API's error for a plan that is not possible."""
    known = fault_of(fault, home)
    is_budget = isinstance(fault, BudgetBelowMinimumsError)
    return DomainError(
        known.message,
        code=known.error_code,
        http_status=400 if is_budget else 422,
        details=drawn(known.details),
        pointer=pointer if is_budget else None,
    )


def fault_of(fault: PlanError, home: Household) -> Fault:
    """Why one strategy is not possible: a message, a code, and the figures."""
    if isinstance(fault, BudgetBelowMinimumsError):
        return _below_minimums(fault, home)
    if isinstance(fault, NeverPaidOffError):
        return _never_paid_off(fault, home)
    if isinstance(fault, TargetOutOfReachError):
        return Fault(
            error_code="TARGET_OUT_OF_REACH",
            message=f"No budget reaches this day; plans end within {MAX_MONTHS} months.",
            details={"max_months": MAX_MONTHS},
        )
    if isinstance(fault, HouseholdTooLargeError):
        return Fault(
            error_code="ASK_FOR_A_JOB",
            message=(
                f"The cheapest plan of {fault.debts} debts over {fault.months} months takes longer than a "
                "request; ask for it with the header Prefer: respond-async."
            ),
            details={"debts": fault.debts, "months": fault.months},
        )
    return Fault(error_code="NOT_POSSIBLE", message=str(fault), details={})


def _below_minimums(fault: BudgetBelowMinimumsError, home: Household) -> Fault:
    needed, available, short = (
        home.money(units) for units in (fault.needed, fault.available, fault.needed - fault.available)
    )
    return Fault(
        error_code="BUDGET_BELOW_MINIMUMS",
        message=(
            f"The budget of {available:f} {home.currency} in month {fault.month} is {short:f} short of the "
            f"minimums of {needed:f}."
        ),
        details={
            "month": fault.month,
            "on": home.day(fault.month),
            "needed": needed,
            "available": available,
            "short": short,
        },
    )


def _never_paid_off(fault: NeverPaidOffError, home: Household) -> Fault:
    name = home.debts[fault.debt].name if fault.debt < len(home.debts) else ""
    payment = home.money(fault.payment)
    return Fault(
        error_code="NEVER_PAID_OFF",
        message=(
            f"{name} is not paid off within {fault.months} months: its payments do not outrun its interest. "
            f"It would take at least {payment:f} {home.currency} a month."
        ),
        details={"debt": name, "payment_needed": payment, "months": fault.months},
    )
