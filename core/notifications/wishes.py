"""How people want to be told."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, time, tzinfo
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wishes:
    """Where a person looks for news, and when they want none; quiet hours are by the clock of their zone."""

    in_app: bool = True
    # Empty where they want no mail.
    address: str = ""
    zone: tzinfo = UTC
    quiet_from: time = time.min
    quiet_until: time = time.min


# Whoever never said is told in the app, at once.
UNSAID = Wishes()

# Identity says what these people, by id, wish for.
on_asked: list[Callable[[Collection[UUID]], Mapping[UUID, Wishes]]] = []


def wishes_of(user_ids: Collection[UUID]) -> dict[UUID, Wishes]:
    """The wishes of each of these people."""
    said = {user_id: wishes for ask in on_asked for user_id, wishes in ask(user_ids).items()}
    return {user_id: said.get(user_id, UNSAID) for user_id in user_ids}
