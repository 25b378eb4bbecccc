"""The household that a request is about: debts sent along, or a person's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from core.domain.money import from_minor, round_to_minor, to_minor
from core.errors import DomainError, field_error
from debts.domain.budget import Budget, BudgetStep, MonthKind, planned_budget
from debts.domain.given import DatedAmount, GivenDebt
from debts.domain.interest import month_number, month_on
from debts.domain.optimal.offers import Offer
from debts.domain.requests import BudgetedRequest, HouseholdRequest
from debts.domain.terms import Debt as Terms
from debts.models import Debt
from debts.selectors.balances import debts_with_history, terms_on
from debts.selectors.checks import require_every_debt_once, require_exact_amounts, with_amounts
from debts.selectors.terms import first_month_from, minimum_of, terms_of
from transactions.selectors.rates import converted
from users.models import User

PLANNED = (Debt.Status.ACTIVE, Debt.Status.IN_COLLECTION)


@dataclass(frozen=True, slots=True)
class Household:
    """Debts of one currency from the day of the first payment.

    ``given`` are the terms as they came, those of saved debts with their ids; ``order`` is the custom order as
    places.
    """

    currency: str
    start: date
    given: tuple[GivenDebt, ...]
    debts: tuple[Terms, ...]
    order: tuple[int, ...]

    def minor(self, amount: Decimal) -> int:
        return to_minor(amount, self.currency)

    def money(self, units: int) -> Decimal:
        return from_minor(units, self.currency)

    def day(self, month: int) -> date:
        """The day of a month's payment."""
        return month_on(self.start, month)


def household(user: User, asked: HouseholdRequest) -> Household:
    """The debts that a request names; 422 ``NO_DEBTS`` where none is owed."""
    start = asked.starts_on
    if asked.debts:
        currency, given = asked.currency or "", tuple(asked.debts)
    else:
        currency, given = _own_debts(user, asked)
    charges = _charges(asked, given)
    _require_names_of_offers(asked, given)
    debts = tuple(
        terms_of(each, currency=currency, start=start, charges=charges.get(index, ()))
        for index, each in enumerate(given)
    )
    return Household(currency, start, given, debts, _order(asked, given))


def budget_of(asked: BudgetedRequest, household: Household) -> Budget:
    """What the request wants to pay each month."""
    start, minor = household.start, household.minor
    steps = {1: BudgetStep(1, minor(asked.monthly_budget))}
    for change in sorted(asked.budget_changes, key=lambda each: each.on):
        month = first_month_from(start, change.on)
        steps[month] = BudgetStep(month, minor(change.amount))
    extras: dict[int, int] = {}
    for extra in asked.extras:
        month = first_month_from(start, extra.on)
        extras[month] = extras.get(month, 0) + minor(extra.amount)
    return planned_budget(
        [steps[month] for month in sorted(steps)],
        extras=extras,
        yearly_raise=asked.yearly_raise,
        pauses=_pauses(asked),
        rolls_over=asked.rollover,
    )


def offers_of(asked: BudgetedRequest, household: Household) -> list[Offer]:
    """The balance transfers that the request offers."""
    owed = sum(debt.balance for debt in household.debts)
    return [
        Offer(
            name=offer.name,
            fee_percent=offer.fee_percent,
            minimum_fee=household.minor(offer.minimum_fee),
            cap=owed if offer.cap is None else household.minor(offer.cap),
            promo_apr=offer.promo_apr,
            promo_months=offer.promo_months,
            go_to_apr=offer.go_to_apr,
            minimum=minimum_of(offer.minimum_payment, household.currency),
        )
        for offer in asked.transfer_offers
    ]


def _own_debts(user: User, asked: HouseholdRequest) -> tuple[str, tuple[GivenDebt, ...]]:
    rows = debts_with_history().filter(user=user).order_by("position", "id")
    chosen = rows.filter(pk__in=asked.debt_ids) if asked.debt_ids else rows.filter(status__in=PLANNED)
    found = list(chosen)
    currency = _currency(asked, found)
    if not asked.convert:
        found = [row for row in found if row.currency == currency]
    given = [terms_on(row, on=asked.starts_on) for row in found]
    owed = tuple(_in_currency(each, currency, on=asked.starts_on) for each in given if each.owed)
    if not owed:
        raise DomainError("There is no debt to plan.", code="NO_DEBTS", http_status=422)
    require_exact_amounts(asked, currency)
    return currency, owed


def _currency(asked: HouseholdRequest, rows: Sequence[Debt]) -> str:
    currencies = sorted({row.currency for row in rows})
    if asked.currency is not None:
        return asked.currency
    if len(currencies) > 1:
        raise field_error(
            "currency",
            f"Your debts are in {', '.join(currencies)}: choose one, or ask to convert.",
            "mixed_currencies",
        )
    return currencies[0] if currencies else ""


def _in_currency(given: GivenDebt, currency: str, *, on: date) -> GivenDebt:
    """The terms with every amount converted at the reference rate of a day, half-even to the minor unit."""
    source = given.currency or currency
    if source == currency:
        return given
    return with_amounts(given, partial(_converted, source=source, target=currency, on=on))


def _converted(amount: Decimal, *, source: str, target: str, on: date) -> Decimal:
    worth = converted(amount, source=source, target=target, on=on)
    if worth is None:
        raise field_error("convert", f"There is no rate from {source} to {target}.", "no_rate")
    return round_to_minor(worth, target)


def _charges(asked: HouseholdRequest, given: Sequence[GivenDebt]) -> dict[int, list[DatedAmount]]:
    places = _places(given)
    found: dict[int, list[DatedAmount]] = {}
    for index, charge in enumerate(asked.new_charges):
        if charge.debt not in places:
            raise field_error(
                f"new_charges.{index}.debt", f"There is no debt “{charge.debt}” in this plan.", "unknown_debt"
            )
        found.setdefault(places[charge.debt], []).extend(
            DatedAmount(on=month_on(charge.on, number), amount=charge.amount)
            for number in range(1, charge.months + 1)
        )
    return found


def _require_names_of_offers(asked: HouseholdRequest, given: Sequence[GivenDebt]) -> None:
    if not isinstance(asked, BudgetedRequest):
        return
    taken = {each.name for each in given}
    for index, offer in enumerate(asked.transfer_offers):
        if offer.name in taken:
            raise field_error(
                f"transfer_offers.{index}.name", "A debt or another offer has this name.", "not_unique"
            )
        taken.add(offer.name)


def _order(asked: HouseholdRequest, given: Sequence[GivenDebt]) -> tuple[int, ...]:
    if not asked.order:
        return tuple(range(len(given)))
    places = _places(given)
    named = [given[places[name]].name if name in places else name for name in asked.order]
    require_every_debt_once(named, [each.name for each in given])
    return tuple(places[name] for name in named)


def _places(given: Sequence[GivenDebt]) -> dict[str, int]:
    by_name = {each.name: index for index, each in enumerate(given)}
    return by_name | {str(each.id): index for index, each in enumerate(given) if each.id is not None}


def _pauses(asked: BudgetedRequest) -> dict[int, MonthKind]:
    pauses: dict[int, MonthKind] = {}
    for pause in asked.pauses:
        first = first_month_from(asked.starts_on, pause.first_on)
        last = month_number(asked.starts_on, pause.last_on)
        pauses |= dict.fromkeys(range(first, last + 1), pause.kind)
    return pauses
