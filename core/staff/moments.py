"""Days and times on pages, written in the reader's locale: Django would write them in that of the server."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.staff.display import NOTHING, written

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec

Name: TypeAlias = str | Callable[..., str | bool]
# Of a line of a fieldset; several names may share one.
Line: TypeAlias = "Name | list[Line] | tuple[Line, ...]"


class Column(Protocol):
    """What the admin shows in a column that is no field."""

    __name__: str
    short_description: str
    admin_order_field: str

    def __call__(self, row: models.Model, /) -> SafeString: ...


class Form(Protocol):
    """The admin's form around a form, or around the forms of a page's part."""

    fieldsets: Iterable[tuple[str | None, Mapping[str, Iterable[Line]]]]
    readonly_fields: Iterable[Name]


@lru_cache(maxsize=512)
def _column(model: type[models.Model], name: str) -> Name:
    try:
        field = model._meta.get_field(name)  # noqa: SLF001  (Django's documented model API)
    except FieldDoesNotExist:
        return name
    if not isinstance(field, models.DateField | models.TimeField):
        return name

    def shown(row: models.Model) -> SafeString:
        value = getattr(row, name)
        if value is None:
            return NOTHING
        return format_html('<span class="whitespace-nowrap">{}</span>', written(value))

    column = cast("Column", shown)
    column.__name__ = name
    column.short_description = str(field.verbose_name)
    column.admin_order_field = name
    return column


def columns(model: type[models.Model], names: Iterable[Name]) -> list[Name]:
    """The names with a column in place of each field that holds a day or a time; same field, same column."""
    return [_column(model, name) if isinstance(name, str) else name for name in names]


def rewrite(shown: Form, *, model: type[models.Model], is_read_only: bool = False) -> None:
    """Have a form, or the forms of a page's parts, write the days and times that are only read."""
    fixed = set(
        flatten_fieldsets(cast("_FieldsetSpec", shown.fieldsets)) if is_read_only else shown.readonly_fields
    )
    shown.fieldsets = [
        (title, {**options, "fields": _fields(model, options["fields"], fixed)})
        for title, options in shown.fieldsets
    ]
    shown.readonly_fields = columns(model, shown.readonly_fields)


def _fields(model: type[models.Model], names: Iterable[Line], fixed: set[Name]) -> list[Line]:
    return [
        _fields(model, name, fixed)
        if isinstance(name, list | tuple)
        else columns(model, [name])[0]
        if name in fixed
        else name
        for name in names
    ]
