"""Rows on the page of another."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import TabularInline


class ReadInline(TabularInline):  # type: ignore[misc]
    """Rows that hang on the one of the page, to be read."""

    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
