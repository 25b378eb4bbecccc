"""How people want to be told."""

from collections.abc import Collection
from uuid import UUID

from core import hooks
from core.hooks import Wishes

# Whoever never said is told in the app, at once.
UNSAID = Wishes()


def wishes_of(user_ids: Collection[UUID]) -> dict[UUID, Wishes]:
    """The wishes of each of these people."""
    said = {
        user_id: wishes
        for app in hooks.joined()
        if app.wishes is not None
        for user_id, wishes in app.wishes(user_ids).items()
    }
    return {user_id: said.get(user_id, UNSAID) for user_id in user_ids}
