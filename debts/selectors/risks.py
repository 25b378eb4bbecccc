"""How sure the debt-free day is, given how a person's months have differed."""

from datetime import date
from decimal import Decimal
from statistics import mean

from core.domain.money import round_to_minor, to_minor
from core.errors import DomainError
from debts.domain.requests import RiskRequest
from debts.domain.risk import Risk as Spread
from debts.domain.risk import spread_of_debt_free_month
from debts.selectors.answers import Quantile, Risk
from debts.selectors.households import Household, budget_of, household
from transactions.selectors.months import whole_months
from users.models import User

MONTHS_LOOKED_AT, FEWEST_MONTHS = 24, 3
MOST_PATHS_IN_REQUEST = 5000


def risk(user: User, asked: RiskRequest, *, today: date, is_job: bool) -> Risk:
    """The months by which 10, 50 and 90 of a hundred seeded futures are free of debt.

    422 ``ASK_FOR_A_JOB`` for more paths than a request works out, ``NOT_ENOUGH_HISTORY`` where the ledger has
    fewer than three whole months in the plan's currency.
    """
    if asked.paths > MOST_PATHS_IN_REQUEST and not is_job:
        raise DomainError(
            f"More than {MOST_PATHS_IN_REQUEST} paths are worked out as a job: send Prefer: respond-async.",
            code="ASK_FOR_A_JOB",
            http_status=422,
            details={"max_paths": MOST_PATHS_IN_REQUEST},
            pointer="/paths",
        )
    home = household(user, asked)
    deviations = asked.deviations or surplus_deviations(user, currency=home.currency, today=today)
    units = [to_minor(each, home.currency) for each in deviations]
    found = spread_of_debt_free_month(
        home.debts,
        budget_of(asked, home),
        start=home.start,
        deviations=units,
        paths=asked.paths,
        seed=asked.seed,
        strategy=asked.strategy,
    )
    return _told(home, found, units)


def surplus_deviations(user: User, *, currency: str, today: date) -> list[Decimal]:
    """How far each whole month's income less spending lay from their mean, over at most 24 months.

    What was put into savings is not spent: it could have gone to a debt.
    """
    months = whole_months(user, today=today, most=MONTHS_LOOKED_AT)
    surpluses = [month.income - month.spending for month in months]
    if len(surpluses) < FEWEST_MONTHS or user.base_currency != currency:
        raise DomainError(
            f"The ledger has fewer than {FEWEST_MONTHS} whole months in {currency}; send deviations of your own.",
            code="NOT_ENOUGH_HISTORY",
            http_status=422,
            details={"months": len(surpluses), "needed": FEWEST_MONTHS},
            pointer="/deviations",
        )
    usual = mean(surpluses)
    return [round_to_minor(surplus - usual, currency) for surplus in surpluses]


def _told(home: Household, found: Spread, deviations: list[int]) -> Risk:
    return Risk(
        currency=home.currency,
        starts_on=home.start,
        p10=_quantile(home, found.p10),
        p50=_quantile(home, found.p50),
        p90=_quantile(home, found.p90),
        share_never=Decimal(f"{found.share_never:.4f}"),
        paths=found.paths,
        seed=found.seed,
        deviations=tuple(home.money(units) for units in deviations),
    )


def _quantile(home: Household, months: int | None) -> Quantile:
    return Quantile(months=months, debt_free_on=home.day(months) if months else None)
