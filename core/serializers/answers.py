"""Answers that are worked out: a frozen dataclass says what they hold, and is drawn and described from that alone."""

from collections.abc import Callable, Mapping
from dataclasses import field, fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeAlias, cast
from uuid import UUID

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

# What JSON can say.
Drawn: TypeAlias = "dict[str, Drawn] | list[Drawn] | str | int | float | bool | None"


class DrawnDecimalField(serializers.DecimalField):
    """A decimal string with the digits that the figure has: an amount is at its currency's precision already."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": None, "decimal_places": None, **options})


class AnswerSerializer(DataclassSerializer[Any]):
    """Draws and describes one kind of answer; made by ``answer_serializer``."""

    serializer_field_mapping = {**DataclassSerializer.serializer_field_mapping, Decimal: DrawnDecimalField}

    @property
    def serializer_dataclass_field(self) -> type["AnswerSerializer"]:
        return AnswerSerializer

    def to_representation(self, instance: object) -> dict[str, Drawn]:
        return cast("dict[str, Drawn]", drawn(instance))


@cache
def answer_serializer(answer: type) -> type[AnswerSerializer]:
    """The serializer of a frozen dataclass; the component in the reference has the dataclass's name and docstring."""
    own_words = None if (answer.__doc__ or "").startswith(f"{answer.__name__}(") else answer.__doc__
    meta = type("Meta", (), {"dataclass": answer})
    return type(f"{answer.__name__}Serializer", (AnswerSerializer,), {"Meta": meta, "__doc__": own_words})


def said(text: str, **options: Any) -> Any:
    """A field of an answer with words for the reader of the reference: ``left: Decimal = said("What is left.")``."""
    return field(metadata={"serializer_kwargs": {"help_text": text}}, **options)


def drawn(value: object) -> Any:
    """An answer as JSON has it: decimals and days as strings, instants in UTC, enumerations by their value.

    A decimal is written with the digits it has, and nothing has no sign.
    """
    kind: Any = type(value)
    return _drawing(kind)(value)


@cache
def _drawing(kind: type) -> Callable[[Any], Drawn]:
    for known, draw in _DRAWINGS:
        if issubclass(kind, known):
            return draw
    if is_dataclass(kind):
        names = tuple(each.name for each in fields(kind))
        return lambda value: {
            name: each if (each := getattr(value, name)).__class__ in _AS_IT_IS else drawn(each)
            for name in names
        }
    return lambda value: value


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


_AS_IT_IS = frozenset({str, int, bool, NoneType})
_DRAWINGS: tuple[tuple[type, Callable[[Any], Drawn]], ...] = (
    (Enum, lambda value: value.value),
    (Decimal, lambda value: f"{value + 0:f}"),
    (datetime, _instant),
    (date, date.isoformat),
    (time, time.isoformat),
    (UUID, str),
    (Mapping, lambda value: {str(key): drawn(each) for key, each in value.items()}),
    (list, lambda value: [drawn(each) for each in value]),
    (tuple, lambda value: [drawn(each) for each in value]),
)
