"""Fields that say what to fix, and let in nothing that could not be kept."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any, NoReturn, cast

from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.relations import MANY_RELATION_KWARGS, PKOnlyObject

from core.domain.days import DayError, day_of
from core.domain.money import LARGEST_AMOUNT, MoneyError, currency_of
from core.errors import RelatedNotFoundError, under
from core.models import OwnedQuerySet

JSON_KINDS: Mapping[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}
AMOUNT_TOO_LARGE = f"Give an amount below {LARGEST_AMOUNT}."
_PLAIN_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_SHOWN_CHOICES = 40


def json_kind(value: object) -> str:
    """What a value is called in JSON."""
    return JSON_KINDS.get(type(value), "something else")


class CurrencyField(serializers.CharField):
    """An ISO 4217 code; lower case is accepted."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_length", 3)
        options.setdefault("max_length", 3)
        super().__init__(**options)

    def to_internal_value(self, data: str) -> str:
        code = str(super().to_internal_value(data)).upper()
        try:
            currency_of(code)
        except MoneyError as exc:
            raise serializers.ValidationError(str(exc), code="unknown_currency") from exc
        return code


class PlainDecimalField(serializers.DecimalField):
    """A decimal as a string of digits with a point: no separators, no exponent, no sign of a currency."""

    default_error_messages = {"not_a_string": "Send the amount as a string, as in “12.50”."}

    def to_internal_value(self, data: object) -> Decimal:
        if isinstance(data, float | bool):
            self.fail("not_a_string")
        if isinstance(data, str) and not _PLAIN_DECIMAL.fullmatch(data.strip()):
            raise serializers.ValidationError(_what_to_write(data), code="invalid")
        if not isinstance(data, str | int | Decimal):
            self.fail("invalid")
        return super().to_internal_value(data)


class AmountField(PlainDecimalField):
    """A decimal string such as ``"-12.50"``; outflow is negative."""

    default_error_messages = {"too_large": AMOUNT_TOO_LARGE}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 19, "decimal_places": 4, **options})

    def to_internal_value(self, data: object) -> Decimal:
        amount = super().to_internal_value(data)
        if abs(amount) >= LARGEST_AMOUNT:
            self.fail("too_large")
        return amount


class ShownDecimalField(serializers.CharField):
    """A decimal that is text already, rounded and written by who worked it out."""


class DayField(serializers.DateField):
    """A day from 1900 to 2200, as in ``2026-11-24``."""

    def to_internal_value(self, data: object) -> date:
        if isinstance(data, datetime) or not isinstance(data, str | date):
            raise serializers.ValidationError(
                "Write the day as a string, as in “2026-11-24”.", code="invalid"
            )
        try:
            return day_of(data if isinstance(data, str) else data.isoformat())
        except DayError as exc:
            raise serializers.ValidationError(str(exc), code=exc.code) from exc


class ChoiceField(serializers.ChoiceField):
    """One of several words; a mistake lists them."""

    default_error_messages = {"invalid_choice": "“{input}” is not one of: {choices}."}

    def to_internal_value(self, data: object) -> str:
        if data == "" and self.allow_blank:
            return ""
        if not isinstance(data, str | int) or str(data) not in self.choice_strings_to_values:
            self.fail("invalid_choice", input=str(data)[:40], choices=listed(self.choices))
        value: str = self.choice_strings_to_values[str(data)]
        return value


def names_of(field: serializers.Field[Any, Any, Any, Any]) -> list[str]:
    """The part of a pointer that a field stands for: none at the root, and none where its place in a list is."""
    return [field.field_name] if field.field_name else []


class ListField(serializers.ListField):
    """A JSON array."""

    default_error_messages = {"not_a_list": "Send an array, not {input_type}."}

    def to_internal_value(self, data: object) -> list[object]:
        if isinstance(data, str | Mapping) or not isinstance(data, Iterable):
            self.fail("not_a_list", input_type=json_kind(data))
        with under(*names_of(self)):
            values: list[object] = super().to_internal_value(list(data))
        return values

    def run_child_validation(self, data: Iterable[object]) -> list[Any]:
        return in_their_places(data, self.child.run_validation)


class ManySerializer(serializers.ListSerializer[Any]):
    """A JSON array of objects."""

    default_error_messages = {"not_a_list": "Send an array, not {input_type}."}

    def to_internal_value(self, data: object) -> list[object]:
        if not isinstance(data, list):
            message = self.error_messages["not_a_list"].format(input_type=json_kind(data))
            raise serializers.ValidationError({"non_field_errors": [message]}, code="not_a_list")
        self._places = count()
        with under(*names_of(self)):
            values: list[object] = super().to_internal_value(data)
        return values

    def run_child_validation(self, data: Any) -> Any:
        with under(next(self._places)):
            return super().run_child_validation(data)


@extend_schema_field({"type": "string", "format": "uuid"})
class OwnedRelatedField(serializers.PrimaryKeyRelatedField[Model]):
    """The id of another row of the same person; anything else answers 404.

    With ``related_rows``, a dictionary, in the context a row is fetched once however many rows name it.
    """

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> "OwnedRelatedFields":
        of_the_list = {name: value for name, value in kwargs.items() if name in MANY_RELATION_KWARGS}
        return OwnedRelatedFields(child_relation=cls(*args, **kwargs), **of_the_list)

    def get_queryset(self) -> OwnedQuerySet[Model]:
        return cast("OwnedQuerySet[Model]", super().get_queryset()).for_user(self.context["request"].user)

    def fail(self, key: str, **kwargs: object) -> NoReturn:
        if key == "does_not_exist":
            pk = str(kwargs.get("pk_value"))[:40]
            kind = self.get_queryset().model._meta.verbose_name  # noqa: SLF001  (Django's documented model API)
            text = f"There is no {kind} with the id {pk}."
            raise RelatedNotFoundError(text, details={"id": pk}).within(*names_of(self))
        super().fail(key, **kwargs)

    def to_internal_value(self, data: object) -> Model:
        if not isinstance(data, str):
            raise serializers.ValidationError("Send the id of a row as a string, a UUID.", code="invalid_id")
        try:
            pk = str(serializers.UUIDField().to_internal_value(data))
        except serializers.ValidationError as exc:
            raise serializers.ValidationError("Send the id of a row, a UUID.", code="invalid_id") from exc
        fetched: dict[tuple[type[Model], str], Model] = self.context.get("related_rows", {})
        rows = self.get_queryset()
        key = (rows.model, pk)
        if key not in fetched:
            row = rows.filter(pk=pk).first()
            fetched[key] = row if row is not None else self.fail("does_not_exist", pk_value=pk)
        return fetched[key]

    def to_representation(self, value: Model | PKOnlyObject) -> str:
        return str(value.pk)


class OwnedRelatedFields(serializers.ManyRelatedField):
    """Ids of several rows of the same person; made by ``OwnedRelatedField(many=True)``."""

    default_error_messages = {"not_a_list": "Send an array, not {input_type}."}

    def to_internal_value(self, data: object) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=json_kind(data))
        if not self.allow_empty and not data:
            self.fail("empty")
        with under(*names_of(self)):
            return in_their_places(data, self.child_relation.to_internal_value)


def in_their_places(items: Iterable[object], read: Callable[[Any], Any]) -> list[Any]:
    """What ``read`` makes of each item; its mistakes say in which place they are."""
    values: list[Any] = []
    mistakes = {}
    for place, item in enumerate(items):
        try:
            with under(place):
                values.append(read(item))
        except serializers.ValidationError as exc:
            mistakes[str(place)] = exc.detail
    if mistakes:
        raise serializers.ValidationError(mistakes)
    return values


def _what_to_write(amount: str) -> str:
    if "," in amount or "'" in amount:
        return "Write the number with a point and without separators, as in “1234.50”."
    return "Write a plain number, as in “-12.50”: digits, a point, and a hyphen where money leaves."


def listed(choices: Iterable[object]) -> str:
    """The words of a choice, for a sentence; a very long list is cut."""
    words = [str(choice) for choice in choices]
    cut = f", and {len(words) - _SHOWN_CHOICES} more" if len(words) > _SHOWN_CHOICES else ""
    return ", ".join(words[:_SHOWN_CHOICES]) + cut
