"""Objects of a request that are given on as records, and the fields that they are made of."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypedDict, TypeVar, Unpack

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty

from core.serializers import AmountField, ChoiceField, ContractSerializer
from debts.domain.terms import MAX_APR, MAX_MONTHS

R = TypeVar("R")
HUNDRED = Decimal(100)


class FieldOptions(TypedDict, total=False):
    """What any field may be given."""

    required: bool
    allow_null: bool
    read_only: bool
    write_only: bool
    help_text: str


class RecordSerializer(ContractSerializer, Generic[R]):
    """An object that becomes a ``record``; it is whole, also where the request is a PATCH."""

    record: Callable[..., R]

    def to_internal_value(self, data: object) -> dict[str, object]:
        value: dict[str, object] = super().to_internal_value(data)
        missing = {
            name: [ErrorDetail(str(field.error_messages["required"]), "required")]
            for name, field in self.fields.items()
            if field.required and name not in value
        }
        if missing:
            raise serializers.ValidationError(missing)
        return value

    def validate(self, attrs: Mapping[str, object]) -> R:
        made = type(self).record(**super().validate(attrs))
        self.check(made)
        return made

    def check(self, made: R) -> None:
        """Raise a validation error for what no field by itself can tell."""


def named(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Words of an enumeration as the choices of a field, as an answer that holds one is described too."""
    return [(word.value, word.name) for word in words]


class WordField(ChoiceField):
    """One word of an enumeration; of some of its words where ``among`` names them."""

    def __init__(
        self,
        words: type[StrEnum],
        *,
        among: list[tuple[str, str]] | None = None,
        default: StrEnum | None = None,
        **options: Unpack[FieldOptions],
    ) -> None:
        usual = empty if default is None else default.value
        super().__init__(choices=among or named(words), default=usual, **options)
        self._words = words

    def to_internal_value(self, data: object) -> StrEnum:
        return self._words(super().to_internal_value(data))


class PercentField(serializers.DecimalField):
    """A share in percent, from 0 to ``max_value``: ``"2.5"``."""

    def __init__(self, *, max_value: Decimal = HUNDRED, **options: Unpack[FieldOptions]) -> None:
        super().__init__(max_digits=8, decimal_places=4, min_value=0, max_value=max_value, **options)

    def to_representation(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


class AprField(PercentField):
    """A yearly rate in percent, from 0 to 1000: ``"26.99"``."""

    def __init__(self, **options: Unpack[FieldOptions]) -> None:
        super().__init__(max_value=MAX_APR, **options)


class OwedField(AmountField):
    """An amount that cannot be negative; shown with the digits that it has."""

    def __init__(self, **options: Unpack[FieldOptions]) -> None:
        super().__init__(min_value=0, **options)

    def to_representation(self, value: Decimal) -> str:
        return f"{value:f}"


class MonthField(serializers.IntegerField):
    """A number of months, at most as many as a plan looks at; without a default None."""

    def __init__(self, *, default: int | None = None, **options: Unpack[FieldOptions]) -> None:
        usual = empty if default is None else default
        super().__init__(min_value=1, max_value=MAX_MONTHS, default=usual, **options)
