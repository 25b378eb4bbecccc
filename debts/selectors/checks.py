"""What has to hold of a request as a whole."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.domain.money import MoneyError, require_exact
from core.errors import field_error

AMOUNTS = frozenset(
    {
        "amount", "annual_fee", "balance", "cap", "credit_limit", "floor", "late_fee", "minimum_fee", "monthly_budget",
        "monthly_fee", "monthly_payment",
    }
)  # fmt: skip
"""Every field, however deep in a request, that holds an amount of money."""


def require_exact_amounts(given: Any, currency: str, *, pointer: str = "") -> None:
    """A validation error at the first amount that the currency cannot hold."""
    for name, value in _parts(given):
        where = f"{pointer}.{name}" if pointer else name
        if name not in AMOUNTS or value is None:
            require_exact_amounts(value, currency, pointer=where)
            continue
        try:
            require_exact(value, currency)
        except MoneyError as exc:
            raise field_error(where, str(exc), "not_exact") from exc


def map_amounts(given: Any, change: Callable[[Any], Any]) -> Any:
    """The same structure with every amount in it changed."""
    if isinstance(given, Mapping):
        return {
            name: change(value) if name in AMOUNTS and value is not None else map_amounts(value, change)
            for name, value in given.items()
        }
    if isinstance(given, list):
        return [map_amounts(each, change) for each in given]
    return given


def _parts(given: Any) -> list[tuple[str, Any]]:
    if isinstance(given, Mapping):
        return [(str(name), value) for name, value in given.items()]
    if isinstance(given, list | tuple):
        return [(str(index), value) for index, value in enumerate(given)]
    return []


def require_every_debt_once(order: Sequence[str], names: Sequence[str]) -> None:
    """A validation error that names what an order misses, repeats or makes up."""
    unknown = [name for name in order if name not in names]
    missing = [name for name in names if name not in order]
    if unknown:
        raise field_error("order", f"There is no debt “{unknown[0]}” in this plan.", "unknown_debt")
    if missing:
        raise field_error("order", f"The order misses “{missing[0]}”.", "missing_debt")
    if len(order) != len(names):
        raise field_error("order", "The order names a debt twice.", "not_unique")
