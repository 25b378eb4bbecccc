"""A conclusion and how sure it is."""

from dataclasses import dataclass
from typing import Generic, TypedDict, TypeVar

T_co = TypeVar("T_co", covariant=True)


class LayoutPart(TypedDict):
    """A part of a layout as it is shown and stored, in plain JSON."""

    value: object
    confidence: float


Layout = dict[str, LayoutPart]
"""How a file is read, part by part."""


@dataclass(frozen=True, slots=True)
class Guess(Generic[T_co]):
    """A value concluded from evidence; ``confidence`` runs from 0 (no idea) to 1 (certain)."""

    value: T_co
    confidence: float

    def as_json(self) -> LayoutPart:
        """The form in which a layout shows and stores it."""
        return {"value": self.value, "confidence": round(self.confidence, 2)}
