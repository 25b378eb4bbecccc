"""Filtering and ordering that answer a mistake instead of passing it over."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, ForeignKey, QuerySet
from django_filters import BooleanFilter, FilterSet, UUIDFilter
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request

from core.errors import field_error

PAGING_PARAMETERS = frozenset({"limit", "cursor", "ordering"})
CHANGE_PARAMETERS = frozenset({"limit", "since"})


class TrueOrFalseField(forms.CharField):
    """``true`` or ``false``, whatever its case; nothing at all says nothing."""

    WORDS = {"true": True, "1": True, "false": False, "0": False}

    def clean(self, value: Any) -> bool | None:
        text = str(super().clean(value)).lower()
        if text and text not in self.WORDS:
            raise ValidationError("Say true or false.", code="invalid")
        return self.WORDS.get(text)


class TrueOrFalseFilter(BooleanFilter):  # type: ignore[misc]
    """A filter by true or false that names anything else as a mistake."""

    field_class = TrueOrFalseField


class ContractFilterSet(FilterSet):  # type: ignore[misc]
    """Filters by the id of another row without looking it up: another person's finds what nobody's finds, nothing."""

    FILTER_DEFAULTS = {
        **FilterSet.FILTER_DEFAULTS,
        ForeignKey: {"filter_class": UUIDFilter},
        BooleanField: {"filter_class": TrueOrFalseFilter},
    }


class ContractOrdering(OrderingFilter):
    """``ordering=-date,amount`` over the view's ``ordering_fields``; always ends in the id."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        raw = request.query_params.get("ordering")
        chosen = [term.strip() for term in raw.split(",")] if raw is not None else list(view.ordering)
        for term in chosen:
            if term.removeprefix("-") not in (*view.ordering_fields, "id"):
                allowed = ", ".join(view.ordering_fields)
                raise field_error("ordering", f"“{term[:40]}” is not one of: {allowed}.")
        descending = chosen[0].startswith("-")
        return (*chosen, "-id" if descending else "id")


def known_parameters(view: Any) -> set[str]:
    """Every query parameter that the view's current action understands."""
    known = set(getattr(view, "query_parameters", ()))
    if getattr(view, "action", None) == "changes":
        known |= CHANGE_PARAMETERS
    if getattr(view, "action", None) in getattr(view, "filtered_actions", ()):
        known |= _filter_names(view)
    if getattr(view, "action", None) == "list":
        known |= PAGING_PARAMETERS
    return known


def reject_unknown_parameters(request: Request, view: Any) -> None:
    """A validation error that names a query parameter the view does not know."""
    for name in request.query_params:
        if name not in known_parameters(view):
            raise field_error(name, "Unknown query parameter.", "unknown_parameter")


def _filter_names(view: Any) -> set[str]:
    filterset_class = DjangoFilterBackend().get_filterset_class(view, getattr(view, "queryset", None))
    return set(filterset_class.base_filters) if filterset_class else set()
