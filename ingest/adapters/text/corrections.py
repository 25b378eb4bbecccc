"""Corrections of a layout, checked on their way in: what is common to text files of all formats."""

import codecs
from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict, TypeGuard, TypeVar, cast

from ingest.domain.dates import DateOrder
from ingest.domain.statement import UnreadableStatementError

T = TypeVar("T")

Column = str | int | None
"""A column by its name or its index from 0; None takes a role away."""


class Given(TypedDict, total=False):
    """What a person corrected of a layout."""

    encoding: str
    delimiter: str
    quote: str
    header_line: int | None
    columns: Mapping[str, Column | Sequence[str | int]]
    date_order: str
    decimal_mark: str
    sign: str
    account: str | None
    currency: str | None
    fee: str


Part = tuple[Callable[[object], bool], str]
"""Whether a value fits, and in words what would."""


def is_text(value: object) -> TypeGuard[str]:
    """Whether it is a text of 1 to 80 letters."""
    return isinstance(value, str) and 0 < len(value) <= 80


def _is_encoding(value: object) -> bool:
    if not is_text(value):
        return False
    try:
        b"<".decode(value, "replace")
        codecs.getincrementaldecoder(value)
    except (LookupError, ValueError):
        return False
    return True


ENCODING: Part = (_is_encoding, "the name of a text encoding")
DATE_ORDER: Part = (lambda value: value in tuple(DateOrder), "one of " + ", ".join(DateOrder))
DECIMAL_MARK: Part = (lambda value: value in (".", ","), "'.' or ','")


def checked_parts(layout: Mapping[str, object] | None, known: Mapping[str, Part]) -> Given:
    """The plain values of a layout that was given, whether bare or as ``{"value": ..., "confidence": ...}``.

    Raises ``UnreadableStatementError`` naming the first part that is unknown or of a wrong kind.
    """
    parts = {key: bare(value) for key, value in (layout or {}).items()}
    for key, value in parts.items():
        if key not in known:
            raise UnreadableStatementError(
                f"The layout has no part '{short(key)}'; it has {', '.join(known)}."
            )
        fits, wanted = known[key]
        if not _safely(fits, value):
            raise UnreadableStatementError(f"The layout's '{key}' must be {wanted}, not {short(value)!r}.")
    # Each part has the type that was asked of it.
    return cast("Given", parts)


def bare(value: object) -> object:
    """The value itself, where it was given with a confidence."""
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _safely(fits: Callable[[object], bool], value: object) -> bool:
    try:
        return fits(value)
    except TypeError:
        return False


def short(value: object) -> str:
    """A value cut to what a message can show."""
    return str(value)[:40]
