"""A conclusion and how sure it is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Guess(Generic[T]):
    """A value concluded from evidence; ``confidence`` runs from 0 (no idea) to 1 (certain)."""

    value: T
    confidence: float

    def as_json(self) -> dict[str, T | float]:
        """The form in which a layout shows and stores it."""
        return {"value": self.value, "confidence": round(self.confidence, 2)}
