"""The audit trail: read by those who may, changed by nobody."""

from typing import ClassVar

from django.apps import apps
from django.contrib import admin
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.paginator import InfinitePaginator

from core.models import AuditEntry
from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import lines, readable_json
from core.staff.index import may_view
from core.staff.reader import reader
from core.staff.search import SearchMixin

ACTION_COLOURS = {"created": "success", "updated": "info", "deleted": "danger", "restored": "warning"}


@admin.register(AuditEntry)
class AuditEntryAdmin(SearchMixin, ReadOnlyModelAdmin[AuditEntry]):
    """Who did what to which row.

    What changed on a row is shown to those who may see such rows: the trail is no way around a permission.
    """

    list_display = ("at", "shown_action", "object_type", "object_id", "user", "actor", "via")
    list_filter = (
        ("via", ChoicesDropdownFilter),
        ("action", ChoicesDropdownFilter),
        ("at", RangeDateTimeFilter),
    )
    list_select_related = ("user", "actor")
    ordering = ("-id",)
    paginator = InfinitePaginator
    search_fields: ClassVar[tuple[str, ...]] = ("object_type", "request_id")
    search_help_text = "The id of a row, the e-mail address of whose row it is or who acted, or a request id"
    id_fields = ("object_id", "user", "actor")
    person_fields = ("user", "actor")
    fields = (
        "at", "shown_action", "object_type", "object_id", "user", "actor", "via", "request_id", "shown_changes",
    )  # fmt: skip
    readonly_fields = fields

    @column(description="Action", label=ACTION_COLOURS, ordering="action")
    def shown_action(self, entry: AuditEntry) -> str:
        return entry.action

    @column(description="Changes")
    def shown_changes(self, entry: AuditEntry) -> SafeString | str:
        if not _may_see_rows(entry.object_type):
            return f"Seen by those who may view {entry.object_type}."
        changes = entry.changes
        if all(isinstance(value, list) and len(value) == 2 for value in changes.values()):
            return lines((name, f"{_shown(old)} → {_shown(new)}") for name, (old, new) in changes.items())
        return readable_json(changes)


def _may_see_rows(object_type: str) -> bool:
    person = reader()
    if person is None:
        return False
    try:
        model = apps.get_model(object_type)
    except LookupError:
        return person.is_superuser
    return may_view(person, model)


def _shown(value: object) -> str:
    return "nothing" if value in (None, "", []) else str(value)
