"""Filtering and ordering that answer a mistake instead of passing it over."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, DecimalField, ForeignKey, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import get_model_field
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ErrorDetail
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request

from core.domain.days import DayError, day_of
from core.domain.money import MoneyError, currency_of
from core.errors import OutsideBodyError, parameter_error
from core.parameters import truth_of

RANGES = (("date_from", "date_to"), ("amount_min", "amount_max"))


class TrueOrFalseField(forms.CharField):
    """``true`` or ``false``, whatever its case; nothing at all says nothing."""

    def clean(self, value: Any) -> bool | None:
        text = str(super().clean(value))
        try:
            return truth_of(text) if text else None
        except ValueError as exc:
            raise ValidationError(str(exc), code="invalid") from exc


class DayField(forms.CharField):
    """A day from 1900 to 2200, as in ``2026-03-31``."""

    def clean(self, value: Any) -> date | None:
        text = str(super().clean(value))
        try:
            return day_of(text) if text else None
        except DayError as exc:
            raise ValidationError(str(exc), code=exc.code) from exc


class CurrencyCodeField(forms.CharField):
    """An ISO 4217 code; lower case is accepted."""

    def clean(self, value: Any) -> str:
        code = str(super().clean(value)).upper()
        try:
            return currency_of(code).code if code else ""
        except MoneyError as exc:
            raise ValidationError(str(exc), code="unknown_currency") from exc


class TrueOrFalseFilter(django_filters.BooleanFilter):
    """A filter by true or false that names anything else as a mistake."""

    field_class = TrueOrFalseField


class DayFilter(django_filters.DateFilter):
    """A filter by a day that tells a wrong form from a day that does not exist."""

    field_class = DayField


@extend_schema_field({"type": "string", "minLength": 3, "maxLength": 3})
class CurrencyFilter(django_filters.CharFilter):
    """A filter by a currency that there is."""

    field_class = CurrencyCodeField


@extend_schema_field(
    {
        "type": "string",
        "format": "decimal",
        "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
        "description": "Signed: outflow is negative.",
    }
)
class AmountFilter(django_filters.NumberFilter):
    """A filter by a signed amount."""


class OwnedIdFilter(django_filters.UUIDFilter):
    """The id of another row of the same person; anybody else's is unknown, as nobody's is."""

    def unknown(self, value: UUID | Collection[UUID]) -> list[UUID]:
        """Those ids that name no row of the person."""
        asked = [value] if isinstance(value, UUID) else value
        rows = get_model_field(self.model, self.field_name).related_model.objects
        own = set(rows.for_user(self.parent.request.user).filter(pk__in=asked).values_list("pk", flat=True))
        return [pk for pk in asked if pk not in own]


class OwnedIdsFilter(django_filters.BaseInFilter, OwnedIdFilter):
    """One or more ids, separated by commas."""


class ContractFilterSet(django_filters.FilterSet):
    """Filters that name what is wrong with a value instead of finding nothing."""

    FILTER_DEFAULTS: ClassVar[dict[type, dict[str, type]]] = {
        **django_filters.FilterSet.FILTER_DEFAULTS,
        ForeignKey: {"filter_class": OwnedIdFilter},
        BooleanField: {"filter_class": TrueOrFalseFilter},
        DateField: {"filter_class": DayFilter},
        DecimalField: {"filter_class": AmountFilter},
    }

    base_filters: dict[str, django_filters.Filter]

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        # To make a field of a form for each filter that nobody sent takes longer than the query.
        self.base_filters = {
            name: each for name, each in type(self).base_filters.items() if data and data.get(name)
        }
        super().__init__(data, *args, **options)

    def get_form_class(self) -> type[forms.Form]:
        form: type[forms.Form] = super().get_form_class()
        for field in form.base_fields.values():
            field.error_messages |= _messages(field)
        return form

    def mistakes(self) -> dict[str, list[ErrorDetail]]:
        """What is wrong, by pointer: values first, and where all can be read ids and ranges."""
        found = {
            f"?{name}": [ErrorDetail(text, error.code or "invalid") for error in errors for text in error]
            for name, errors in self.form.errors.as_data().items()
        }
        return found or self._unknown_ids() | self._impossible_ranges()

    def _unknown_ids(self) -> dict[str, list[ErrorDetail]]:
        values = self.form.cleaned_data
        unknown = {
            name: each.unknown(values[name])
            for name, each in self.filters.items()
            if isinstance(each, OwnedIdFilter)
        }
        return {
            f"?{name}": [ErrorDetail(f"You have no {name} with the id {ids[0]}.", "unknown_id")]
            for name, ids in unknown.items()
            if ids
        }

    def _impossible_ranges(self) -> dict[str, list[ErrorDetail]]:
        values = self.form.cleaned_data
        return {
            f"?{upper}": [ErrorDetail(f"It lies below {lower}: nothing can be found.", "empty_range")]
            for lower, upper in RANGES
            if values.get(lower) is not None
            and values.get(upper) is not None
            and values[lower] > values[upper]
        }


class ContractFiltering(DjangoFilterBackend):
    """Narrows a list down by the view's filter set; nothing is made where no filter was sent."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view) if request.query_params else None
        if filterset is None or not filterset.filters:
            return queryset
        mistakes = filterset.mistakes()
        if mistakes:
            raise OutsideBodyError(mistakes)
        found: QuerySet[Any] = filterset.qs
        return found


class ContractOrdering(OrderingFilter):
    """``ordering=-date,amount`` over the view's ``ordering_fields``; always ends in the id."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        raw = request.query_params.get("ordering")
        chosen = [term.strip() for term in raw.split(",")] if raw is not None else list(view.ordering)
        names = [term.removeprefix("-") for term in chosen]
        for term, name in zip(chosen, names, strict=True):
            if name not in (*view.ordering_fields, "id"):
                allowed = ", ".join(view.ordering_fields)
                raise parameter_error("ordering", f"“{term[:40]}” is not one of: {allowed}.")
            if names.count(name) > 1:
                raise parameter_error("ordering", f"“{name}” stands there twice.", "repeated")
        if "id" in names:
            # After what is unique nothing is left to be put in order.
            return tuple(chosen[: names.index("id") + 1])
        descending = chosen[0].startswith("-")
        return (*chosen, "-id" if descending else "id")


def _messages(field: forms.Field) -> dict[str, str]:
    """What to say of a value that this field does not take; the choices are named."""
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[str, str]]", field.choices)
        named = ", ".join(value for value, _ in choices if value)
        return {"invalid_choice": f"“%(value)s” is not one of: {named}."}
    if isinstance(field, forms.DecimalField):
        return {"invalid": "Write the number as in -12.50: with a point, without separators."}
    if isinstance(field, forms.UUIDField):
        return {"invalid": "Send the id of a row, a UUID."}
    return {}
