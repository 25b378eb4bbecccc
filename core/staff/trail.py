"""What the portal tells the audit trail of rows that have no service of their own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from django.db import models
from django.urls import reverse

from core.audit import Act
from core.errors import current_request_id
from core.models import AuditEntry, RowT

if TYPE_CHECKING:
    from django.forms import ModelForm


class _Remembering(Protocol):
    before: dict[str, object] | None


def remember(form: "ModelForm[RowT]", image: dict[str, object] | None) -> None:
    """Keep how the row of a form was, until all of the form is saved; None where there was no row."""
    cast("_Remembering", form).before = image


def remembered(form: "ModelForm[RowT]") -> dict[str, object] | None:
    """How the row of a form was."""
    return cast("_Remembering", form).before


def record_system_act(
    row: models.Model, *, act: Act, action: AuditEntry.Action, changes: Mapping[str, object]
) -> None:
    """An entry about a row that is nobody's, such as a schedule."""
    AuditEntry(
        actor_id=act.actor_id,
        via=act.via,
        action=action,
        object_type=row._meta.label_lower,  # noqa: SLF001  (Django's documented model API)
        object_id=audit_id(row),
        changes=changes,
        request_id=current_request_id()[:64],
        at=act.at,
    ).save(force_insert=True)


def audit_id(row: models.Model) -> UUID:
    """The id under which the trail knows a row; a number is written as a UUID that ends in it."""
    return row.pk if isinstance(row.pk, UUID) else UUID(int=row.pk)


def trail_url(object_id: UUID) -> str:
    """The audit trail of one row."""
    return f"{reverse('admin:core_auditentry_changelist')}?q={object_id}"
