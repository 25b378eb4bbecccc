"""Days and times on pages, written in the reader's locale: Django would write them in that of the server."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.staff.display import NOTHING, written

Name = str | Callable[..., Any]


@lru_cache(maxsize=512)
def _column(model: type[models.Model], name: str) -> Name:
    try:
        field = model._meta.get_field(name)  # noqa: SLF001  (Django's documented model API)
    except FieldDoesNotExist:
        return name
    if not isinstance(field, models.DateField | models.TimeField):
        return name

    def shown(row: Any) -> SafeString:
        value = getattr(row, name)
        if value is None:
            return NOTHING
        return format_html('<span class="whitespace-nowrap">{}</span>', written(value))

    shown.__name__ = name
    shown.short_description = field.verbose_name  # type: ignore[attr-defined]
    shown.admin_order_field = name  # type: ignore[attr-defined]
    return shown


def columns(model: type[models.Model], names: Iterable[Any]) -> list[Any]:
    """The names with a column in place of each field that holds a day or a time; same field, same column."""
    return [_column(model, name) if isinstance(name, str) else name for name in names]


def rewrite(shown: Any, *, model: type[models.Model], is_read_only: bool = False) -> None:
    """Have a form, or the forms of a page's parts, write the days and times that are only read."""
    fixed = set(flatten_fieldsets(shown.fieldsets) if is_read_only else shown.readonly_fields)
    shown.fieldsets = [
        (title, {**options, "fields": _fields(model, options["fields"], fixed)})
        for title, options in shown.fieldsets
    ]
    shown.readonly_fields = columns(model, shown.readonly_fields)


def _fields(model: type[models.Model], names: Iterable[Any], fixed: set[Any]) -> list[Any]:
    """The names of a fieldset, in which several that share a line are a list of their own."""
    return [
        _fields(model, name, fixed)
        if isinstance(name, list | tuple)
        else columns(model, [name])[0]
        if name in fixed
        else name
        for name in names
    ]
