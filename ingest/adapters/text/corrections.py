"""Corrections of a layout, checked on their way in: what is common to text files of all formats."""

import codecs
from collections.abc import Callable, Mapping
from typing import Any

from ingest.domain.dates import DateOrder
from ingest.domain.statement import UnreadableStatementError

Part = tuple[Callable[[Any], bool], str]
"""Whether a value fits, and in words what would."""


def is_text(value: Any) -> bool:
    """Whether it is a text of 1 to 80 letters."""
    return isinstance(value, str) and 0 < len(value) <= 80


def _is_encoding(value: Any) -> bool:
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


def checked_parts(layout: Mapping[str, Any] | None, known: Mapping[str, Part]) -> dict[str, Any]:
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
    return parts


def bare(value: Any) -> Any:
    """The value itself, where it was given with a confidence."""
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def _safely(fits: Callable[[Any], bool], value: Any) -> bool:
    try:
        return fits(value)
    except TypeError:
        return False


def short(value: Any) -> str:
    """A value cut to what a message can show."""
    return str(value)[:40]
