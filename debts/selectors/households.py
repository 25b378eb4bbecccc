"""The household that a request is about: debts sent along, or a person's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from core.domain.money import round_to_minor, to_minor
from core.errors import DomainError, field_error
from debts.domain.budget import Budget, BudgetStep, MonthKind, planned_budget
from debts.domain.interest import month_number, month_on
from debts.domain.optimal.offers import Offer
from debts.domain.terms import Debt as Terms
from debts.models import Debt
from debts.selectors.balances import debts_with_history, terms_on
from debts.selectors.checks import map_amounts, require_every_debt_once, require_exact_amounts
from debts.selectors.terms import first_month_from, minimum_of, terms_of
from transactions.selectors.rates import converted
from users.models import User

PLANNED = (Debt.Status.ACTIVE, Debt.Status.IN_COLLECTION)


@dataclass(frozen=True, slots=True)
class Household:
    """Debts of one currency from the day of the first payment.

    ``given`` are the terms as they came, each with the ``id`` of its row if it has one; ``order`` is the custom
    order as places.
    """

    currency: str
    start: date
    given: tuple[Mapping[str, Any], ...]
    debts: tuple[Terms, ...]
    order: tuple[int, ...]

    def minor(self, amount: Decimal) -> int:
        return to_minor(amount, self.currency)


def household(user: User, asked: Mapping[str, Any]) -> Household:
    """The debts that a validated request names; 422 ``NO_DEBTS`` where none is owed."""
    start: date = asked["start_date"]
    if "debts" in asked:
        currency, given = asked["currency"], list(asked["debts"])
    else:
        currency, given = _own_debts(user, asked, start)
    charges = _charges(asked, given)
    _require_names_of_offers(asked, given)
    debts = tuple(
        terms_of(each, currency=currency, start=start, charges=charges.get(index, ()))
        for index, each in enumerate(given)
    )
    return Household(currency, start, tuple(given), debts, _order(asked, given))


def budget_of(asked: Mapping[str, Any], household: Household) -> Budget:
    """What the request wants to pay each month."""
    start, minor = household.start, household.minor
    steps = {1: BudgetStep(1, minor(asked["monthly_budget"]))}
    for change in sorted(asked.get("budget_changes", ()), key=lambda each: each["on"]):
        month = first_month_from(start, change["on"])
        steps[month] = BudgetStep(month, minor(change["amount"]))
    extras: dict[int, int] = {}
    for extra in asked.get("extras", ()):
        month = first_month_from(start, extra["on"])
        extras[month] = extras.get(month, 0) + minor(extra["amount"])
    return planned_budget(
        [steps[month] for month in sorted(steps)],
        extras=extras,
        yearly_raise=asked.get("yearly_raise", Decimal(0)),
        pauses=_pauses(asked, start),
        rolls_over=asked.get("rollover", True),
    )


def offers_of(asked: Mapping[str, Any], household: Household) -> list[Offer]:
    """The balance transfers that the request offers."""
    return [
        Offer(
            name=offer["name"],
            fee_percent=offer["fee_percent"],
            minimum_fee=household.minor(offer.get("minimum_fee", Decimal(0))),
            cap=household.minor(offer["cap"]) if "cap" in offer else sum(d.balance for d in household.debts),
            promo_apr=offer["promo_apr"],
            promo_months=offer["promo_months"],
            go_to_apr=offer["go_to_apr"],
            minimum=minimum_of(offer.get("minimum_payment", {}), household.currency),
        )
        for offer in asked.get("transfer_offers", ())
    ]


def _own_debts(user: User, asked: Mapping[str, Any], start: date) -> tuple[str, list[Mapping[str, Any]]]:
    rows: Any = debts_with_history().filter(user=user).order_by("position", "id")
    chosen = asked.get("debt_ids")
    rows = rows.filter(pk__in=[row.pk for row in chosen]) if chosen else rows.filter(status__in=PLANNED)
    found = list(rows)
    currency = _currency(asked, found)
    if not asked.get("convert"):
        found = [row for row in found if row.currency == currency]
    given = [terms_on(row, on=start) for row in found]
    shown = [_in_currency(each, currency, on=start) for each in given if _is_owed(each)]
    if not shown:
        raise DomainError("There is no debt to plan.", code="NO_DEBTS", http_status=422)
    require_exact_amounts(asked, currency)
    return currency, shown


def _currency(asked: Mapping[str, Any], rows: Sequence[Debt]) -> str:
    currencies = sorted({row.currency for row in rows})
    given: str | None = asked.get("currency")
    if given is not None:
        return given
    if len(currencies) > 1:
        raise field_error(
            "currency",
            f"Your debts are in {', '.join(currencies)}: choose one, or ask to convert.",
            "mixed_currencies",
        )
    return currencies[0] if currencies else ""


def _is_owed(given: Mapping[str, Any]) -> bool:
    return any(part["amount"] for part in given["segments"])


def _in_currency(given: Mapping[str, Any], currency: str, *, on: date) -> Mapping[str, Any]:
    """The terms with every amount converted at the reference rate of a day, half-even to the minor unit."""
    if given["currency"] == currency:
        return given
    convert = partial(_converted, source=given["currency"], target=currency, on=on)
    return {**map_amounts(given, convert), "currency": currency}


def _converted(amount: Decimal, *, source: str, target: str, on: date) -> Decimal:
    worth = converted(amount, source=source, target=target, on=on)
    if worth is None:
        raise field_error("convert", f"There is no rate from {source} to {target}.", "no_rate")
    return round_to_minor(worth, target)


def _charges(
    asked: Mapping[str, Any], given: Sequence[Mapping[str, Any]]
) -> dict[int, list[Mapping[str, Any]]]:
    places = _places(given)
    found: dict[int, list[Mapping[str, Any]]] = {}
    for index, charge in enumerate(asked.get("new_charges", ())):
        if charge["debt"] not in places:
            raise field_error(
                f"new_charges.{index}.debt",
                f"There is no debt “{charge['debt']}” in this plan.",
                "unknown_debt",
            )
        repeated = [{**charge, "on": _months_later(charge["on"], after)} for after in range(charge["months"])]
        found.setdefault(places[charge["debt"]], []).extend(repeated)
    return found


def _require_names_of_offers(asked: Mapping[str, Any], given: Sequence[Mapping[str, Any]]) -> None:
    taken = {each["name"] for each in given}
    for index, offer in enumerate(asked.get("transfer_offers", ())):
        if offer["name"] in taken:
            raise field_error(
                f"transfer_offers.{index}.name", "A debt or another offer has this name.", "not_unique"
            )
        taken.add(offer["name"])


def _months_later(day: date, months: int) -> date:
    return month_on(day, months + 1)


def _order(asked: Mapping[str, Any], given: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    if not asked.get("order"):
        return tuple(range(len(given)))
    places = _places(given)
    named = [given[places[name]]["name"] if name in places else name for name in asked["order"]]
    require_every_debt_once(named, [each["name"] for each in given])
    return tuple(places[name] for name in named)


def _places(given: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    by_name = {each["name"]: index for index, each in enumerate(given)}
    return by_name | {str(each["id"]): index for index, each in enumerate(given) if "id" in each}


def _pauses(asked: Mapping[str, Any], start: date) -> dict[int, MonthKind]:
    pauses: dict[int, MonthKind] = {}
    for pause in asked.get("pauses", ()):
        first, last = first_month_from(start, pause["first_on"]), month_number(start, pause["last_on"])
        pauses |= dict.fromkeys(range(first, last + 1), MonthKind(pause["kind"]))
    return pauses
