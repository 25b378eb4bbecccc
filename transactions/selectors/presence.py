"""Which rows of an import a person has already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from transactions.models import Account, Sighting, Transaction

# One look into the unique index for each id: left to itself the planner reads all of a person's sightings for
# every batch, because a list of a thousand ids looks dearer to it than that.
ONE_BY_ONE = """
SELECT found.external_id, found.status, found.deleted_at
FROM unnest(%s::text[]) AS wanted(external_id)
CROSS JOIN LATERAL (
    SELECT seen.external_id, seen.status, row.deleted_at
    FROM transactions_sighting AS seen JOIN transactions_transaction AS row ON row.id = seen.transaction_id
    WHERE seen.user_id = %s AND seen.source = %s AND seen.external_id = wanted.external_id
    LIMIT 1
) AS found
"""


@dataclass(frozen=True, slots=True)
class Presence:
    """External ids that an account has: booked, still pending, and in its trash."""

    booked: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    trashed: frozenset[str] = frozenset()


def presence(account: Account, *, source: str, external_ids: Iterable[str]) -> Presence:
    """Look up which of these rows came before; the time grows with the ids asked for, not with the account."""
    places: dict[str, set[str]] = {"booked": set(), "pending": set(), "trashed": set()}
    prefix = f"{account.pk.hex}:"
    for external_id, status, deleted_at in _found(
        account, source, [f"{prefix}{one}" for one in external_ids]
    ):
        live = "pending" if status == Transaction.Status.PENDING else "booked"
        places["trashed" if deleted_at else live].add(external_id.removeprefix(prefix))
    return Presence(**{name: frozenset(ids) for name, ids in places.items()})


def _found(
    account: Account, source: str, external_ids: list[str]
) -> Iterable[tuple[str, str, datetime | None]]:
    if connection.vendor != "postgresql":
        seen = Sighting.objects.filter(user_id=account.user_id, source=source, external_id__in=external_ids)
        return seen.values_list("external_id", "status", "transaction__deleted_at")
    with connection.cursor() as cursor:
        cursor.execute(ONE_BY_ONE, [external_ids, account.user_id, source])
        found: list[tuple[str, str, datetime | None]] = cursor.fetchall()
    return found
