"""The household of the page on debts, and its pictures.

``python -m tests.debts.documented`` draws the pictures anew.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from debts.adapters.charts import balance_chart, comparison_chart
from debts.domain.budget import constant_budget
from debts.domain.comparison import baseline
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_balance, by_rate
from tests.debts.domain.households import debts_of

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
START, CURRENCY, BUDGET = date(2026, 1, 1), "USD", Decimal("800.00")
DEBTS = debts_of(
    ("CC1", "5000.00", "22.99", "150.00"),
    ("CC2", "3500.00", "18.99", "100.00"),
    ("Car", "12000.00", "6.5", "350.00"),
)


def pictures() -> dict[str, str]:
    """Every picture of the page by its name."""
    budget = constant_budget(int(BUDGET * 100))
    snowball, avalanche = (
        simulate(DEBTS, budget, Instructions(ranking), start=START) for ranking in (by_balance, by_rate)
    )
    plans = [
        ("minimums only", baseline(DEBTS, start=START)),
        ("snowball", snowball),
        ("avalanche", avalanche),
    ]
    names = [debt.name for debt in DEBTS]
    return {
        "debts-plan.svg": balance_chart(avalanche, names, currency=CURRENCY, start=START, title="Avalanche"),
        "debts-comparison.svg": comparison_chart(plans, currency=CURRENCY, start=START),
    }


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (DOCUMENTS / "images" / name).write_text(drawn + "\n", encoding="utf-8")
