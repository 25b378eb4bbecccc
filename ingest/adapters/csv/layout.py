"""The layout a person may see, correct and give back: checked on its way in, spelled out on its way out."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard, cast

from ingest.adapters.csv.columns import Columns
from ingest.adapters.text.corrections import (
    DATE_ORDER,
    DECIMAL_MARK,
    ENCODING,
    Column,
    Given,
    Part,
    bare,
    checked_parts,
    is_text,
    short,
)
from ingest.domain.amount_rules import FEE_RULES, SignRule
from ingest.domain.column_roles import COLUMN_ROLES, ColumnRole
from ingest.domain.statement import UnreadableStatementError

GivenColumns = Mapping[str, Column | Sequence[str | int]]
"""Columns by their roles."""


def _is_one_letter(value: object) -> bool:
    return isinstance(value, str) and len(value) == 1 and value not in "\r\n"


def _is_line(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


_PARTS: dict[str, Part] = {
    "encoding": ENCODING,
    "delimiter": (_is_one_letter, "a single character"),
    "quote": (lambda value: value == "" or _is_one_letter(value), "a single character, or empty for none"),
    "header_line": (lambda value: value is None or _is_line(value), "a line number from 1, or null for none"),
    "columns": (lambda value: isinstance(value, Mapping), "an object of roles and columns"),
    "date_order": DATE_ORDER,
    "decimal_mark": DECIMAL_MARK,
    "sign": (lambda value: value in tuple(SignRule), "one of " + ", ".join(SignRule)),
    "account": (lambda value: value is None or is_text(value), "an account number, or null"),
    "currency": (
        lambda value: value is None or (isinstance(value, str) and len(value) == 3 and value.isalpha()),
        "a currency code of three letters, or null",
    ),
    "fee": (lambda value: value in FEE_RULES, "one of " + ", ".join(FEE_RULES)),
}


def given_parts(layout: Mapping[str, object] | None) -> Given:
    """The plain values of a layout that was given, whether bare or as ``{"value": ..., "confidence": ...}``.

    Raises ``UnreadableStatementError`` naming the first part or column role that is unknown or of a wrong
    kind.
    """
    parts = checked_parts(layout, _PARTS)
    if "columns" in parts:
        parts["columns"] = _given_columns(parts["columns"])
    return parts


def apply_columns(given: GivenColumns, names: tuple[str, ...], detected: Columns, width: int) -> Columns:
    """The detected columns with those given in their place; null takes a role away.

    A given amount column displaces debit and credit, and the other way round. Raises
    ``UnreadableStatementError`` where a column does not exist.
    """
    roles = dict(detected.roles)
    description = detected.description
    for role in _displaced(given):
        roles.pop(role, None)
    for key, value in given.items():
        indexes = tuple(_index(item, names, width) for item in _as_list(value))
        if key == ColumnRole.DESCRIPTION:
            description = indexes
            continue
        roles.pop(ColumnRole(key), None)
        for index in indexes[:1]:
            roles = {role: taken for role, taken in roles.items() if taken != index or role.value in given}
            roles[ColumnRole(key)] = index
    return Columns(roles, description, 1.0 if given else detected.confidence)


def column_labels(columns: Columns, names: tuple[str, ...]) -> dict[str, str | int | list[str | int]]:
    """Each role's column by its name, or by its index from 0 where no name is its own."""
    labels = {role.value: _label(index, names) for role, index in columns.roles.items()}
    return {**labels, "description": [_label(index, names) for index in columns.description]}


def missing_names(given: GivenColumns, names: tuple[str, ...]) -> list[str]:
    """The names among the given columns that a header does not have."""
    wanted = [item for value in given.values() for item in _as_list(value) if isinstance(item, str)]
    return [name for name in wanted if _find(name, names) is None]


def _given_columns(columns: Mapping[str, object]) -> GivenColumns:
    given = {key: bare(value) for key, value in columns.items()}
    for key, value in given.items():
        if key not in COLUMN_ROLES:
            raise UnreadableStatementError(
                f"The layout's columns have no role '{short(key)}'; the roles are {', '.join(COLUMN_ROLES)}."
            )
        if value is not None and not all(map(_names_a_column, value if _is_list(value) else [value])):
            raise UnreadableStatementError(
                f"The layout's column '{key}' must be a column's name or index from 0."
            )
        if _is_list(value) and key != ColumnRole.DESCRIPTION and len(value) != 1:
            raise UnreadableStatementError(f"The layout's column '{key}' must be a single column.")
    return cast("GivenColumns", given)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def _names_a_column(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _displaced(given: GivenColumns) -> list[ColumnRole]:
    pair = [ColumnRole.DEBIT, ColumnRole.CREDIT]
    if given.get(ColumnRole.AMOUNT) is not None:
        return pair
    return [ColumnRole.AMOUNT] if any(given.get(role) is not None for role in pair) else []


def _index(item: str | int, names: tuple[str, ...], width: int) -> int:
    if isinstance(item, int):
        if not 0 <= item < width:
            raise UnreadableStatementError(
                f"The file has no column {item}; its columns are 0 to {width - 1}."
            )
        return item
    found = _find(item, names)
    if found is None:
        has = ", ".join(name for name in names if name)[:300] or "no names at all"
        raise UnreadableStatementError(f"The file has no column named '{short(item)}'; it has {has}.")
    return found


def _find(name: str, names: tuple[str, ...]) -> int | None:
    exact = [index for index, known in enumerate(names) if known == name.strip()]
    alike = [index for index, known in enumerate(names) if known.casefold() == name.strip().casefold()]
    return next(iter(exact or alike), None)


def _label(index: int, names: tuple[str, ...]) -> str | int:
    name = names[index] if index < len(names) else ""
    folded = [other.casefold() for other in names]
    return name if name and folded.count(name.casefold()) == 1 else index


def _as_list(value: Column | Sequence[str | int]) -> list[str | int]:
    if value is None:
        return []
    return [value] if isinstance(value, str | int) else list(value)
