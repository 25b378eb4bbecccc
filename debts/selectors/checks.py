"""What has to hold of a request as a whole, and its amounts taken together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from core.domain.money import MoneyError, require_exact
from core.errors import field_error

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    R = TypeVar("R", bound=DataclassInstance)

AMOUNTS = frozenset(
    {
        "amount", "annual_fee", "balance", "cap", "credit_limit", "floor", "late_fee", "minimum_fee", "monthly_budget",
        "monthly_fee", "monthly_payment", "deviations", "extra_amounts",
    }
)  # fmt: skip
"""Every field, however deep in a request, that holds an amount of money, or several."""


def require_exact_amounts(given: object, currency: str, *, pointer: str = "") -> None:
    """A validation error at the first amount that the currency cannot hold."""
    for where, amount in _amounts(given, pointer):
        try:
            require_exact(amount, currency)
        except MoneyError as exc:
            raise field_error(where, str(exc), "not_exact") from exc


def with_amounts(given: "R", change: Callable[[Decimal], Decimal]) -> "R":
    """The same record with every amount in it changed, however deep."""
    changed = {
        each.name: _changed(getattr(given, each.name), change, is_amount=each.name in AMOUNTS)
        for each in fields(given)
    }
    return replace(given, **changed)


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


def _amounts(given: object, pointer: str, *, is_amount: bool = False) -> Iterator[tuple[str, Decimal]]:
    if isinstance(given, Decimal):
        if is_amount:
            yield pointer, given
        return
    for name, value in _parts(given):
        where = f"{pointer}.{name}" if pointer else name
        yield from _amounts(value, where, is_amount=is_amount or name in AMOUNTS)


def _parts(given: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(given):
        return ((each.name, getattr(given, each.name)) for each in fields(given))
    if isinstance(given, Mapping):
        return ((str(name), value) for name, value in given.items())
    if isinstance(given, list | tuple):
        return ((str(index), value) for index, value in enumerate(given))
    return iter(())


def _changed(value: object, change: Callable[[Decimal], Decimal], *, is_amount: bool) -> object:
    if isinstance(value, Decimal):
        return change(value) if is_amount else value
    if isinstance(value, list | tuple):
        return tuple(map(partial(_changed, change=change, is_amount=is_amount), value))
    if is_dataclass(value) and not isinstance(value, type):
        return with_amounts(value, change)
    return value
