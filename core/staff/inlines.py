"""Rows on the page of another."""

from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import StackedInline, TabularInline


class ReadMixin:
    """Rows that hang on the one of the page, to be read."""

    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadInline(ReadMixin, TabularInline):
    """Rows that are read in a table."""


class ReadPart(ReadMixin, StackedInline):
    """One row that is read field by field, on a tab of its own."""

    tab = True
