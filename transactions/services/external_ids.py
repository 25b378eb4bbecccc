"""How a person's own program knows its rows: each id once an account."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from core.errors import DomainError
from transactions.models import Sighting, Transaction

EXTERNAL_ID_EXISTS = "EXTERNAL_ID_EXISTS"


def require_new_external_id(user_id: UUID, *, source: str, known_as: str) -> None:
    """409 ``EXTERNAL_ID_EXISTS`` where this source has told of a purchase by this id, with the row that it is on."""
    same = Q(sightings__user_id=user_id, sightings__source=source, sightings__external_id=known_as)
    for row in Transaction.objects.filter(same)[:1]:
        raise external_id_exists(row)


def external_id_exists(row: Transaction) -> DomainError:
    """The refusal of an external id that is there already; it tells which row has it, and whether that is deleted."""
    return DomainError(
        "This account has a row with this external id already.",
        code=EXTERNAL_ID_EXISTS,
        details={"id": str(row.pk), "deleted_at": row.deleted_at},
    )


def rename_sighting(row: Transaction, before: Mapping[str, object], changes: Mapping[str, object]) -> None:
    """Know a typed row by its new external id, so that the old one is free."""
    if "external_id" not in changes:
        return
    old = before["external_id"]
    known = f"{UUID(str(before['account'])).hex}:{old}" if old else row.pk.hex
    renamed = f"{row.account_id.hex}:{row.external_id}" if row.external_id else row.pk.hex
    require_new_external_id(row.user_id, source=row.source, known_as=renamed)
    row.sightings.filter(source=row.source, external_id=known).update(
        external_id=renamed, account=row.account_id
    )


def typed_sighting(row: Transaction) -> Sighting:
    """What a typed row tells of itself, not yet saved."""
    known = f"{row.account_id.hex}:{row.external_id}" if row.external_id else row.pk.hex
    return Sighting(
        user_id=row.user_id,
        transaction=row,
        source=row.source,
        external_id=known,
        account_id=row.account_id,
        date=row.date,
        amount=row.amount,
        currency=row.currency,
        description=row.description,
        status=row.status,
        link=Sighting.Link.ORIGIN,
    )
