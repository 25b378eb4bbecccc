"""What the API contract asks of every serializer."""

from collections.abc import Mapping
from copy import copy, deepcopy
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.serializers import LIST_SERIALIZER_KWARGS, LIST_SERIALIZER_KWARGS_REMOVE

from core.domain.money import LARGEST_AMOUNT, MoneyError, plain, require_exact
from core.errors import under
from core.serializers.fields import (
    AMOUNT_TOO_LARGE,
    ChoiceField,
    DayField,
    ManySerializer,
    OwnedRelatedField,
    PlainDecimalField,
    json_kind,
    names_of,
)

Shown = serializers.Field[Any, Any, Any, Any]


class ContractSerializer(serializers.Serializer[Any]):
    """Rejects unknown fields by name beside all other mistakes, and keeps every amount at its currency's own precision.

    ``amounts`` maps each amount field to the field that holds its currency.
    """

    amounts: ClassVar[Mapping[str, str]] = {}
    default_error_messages = {"invalid": "Send a JSON object, not {datatype}."}

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> serializers.BaseSerializer[Any]:
        removed = LIST_SERIALIZER_KWARGS_REMOVE
        own = {name: kwargs.pop(name) for name in removed if kwargs.get(name) is not None}
        shared = {name: value for name, value in kwargs.items() if name in LIST_SERIALIZER_KWARGS}
        many = getattr(getattr(cls, "Meta", None), "list_serializer_class", ManySerializer)
        return many(*args, **{"child": cls(*args, **kwargs), **own, **shared})

    def to_internal_value(self, data: object) -> Any:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError(
                {"non_field_errors": [self.error_messages["invalid"].format(datatype=json_kind(data))]},
                "invalid",
            )
        unknown = self._unknown(data)
        try:
            with under(*names_of(self)):
                value: dict[str, Any] = super().to_internal_value(data)
        except APIException as refusal:
            if not unknown:
                raise
            others = refusal.detail if isinstance(refusal.detail, dict) else {}
            raise serializers.ValidationError({**unknown, **others}) from refusal
        if unknown:
            raise serializers.ValidationError(unknown)
        return value

    def _unknown(self, data: Mapping[object, object]) -> dict[str, list[ErrorDetail]]:
        known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
        text = f"Unknown field; known here: {known}." if known else "Unknown field; there is none to give."
        return {
            str(name)[:100]: [ErrorDetail(text, "unknown_field")] for name in data if name not in self.fields
        }

    def validate(self, attrs: Any) -> Any:
        for name, currency_name in self.amounts.items():
            code = attrs.get(currency_name) or self._present(currency_name)
            self.require_exact(attrs.get(name), code, field=name)
            if self.instance is not None and currency_name in attrs and name not in attrs:
                # What stays has to fit the new currency too.
                self.require_exact(self.fields[name].get_attribute(self.instance), code, field=name)
        return attrs

    def _present(self, name: str) -> str | None:
        return None if self.instance is None else self.fields[name].get_attribute(self.instance)

    def require_exact(self, amount: Decimal | None, code: str | None, *, field: str) -> None:
        """A validation error of ``field`` where the currency cannot hold the amount."""
        if amount is None or not code:
            return
        if abs(amount) >= LARGEST_AMOUNT:
            raise serializers.ValidationError({field: AMOUNT_TOO_LARGE}, code="too_large")
        try:
            require_exact(amount, code)
        except MoneyError as exc:
            raise serializers.ValidationError({field: str(exc)}, code="not_exact") from exc

    @cached_property
    def _readable_fields(self) -> list[Shown]:
        """What is shown. To build the fields for every answer takes longer than to show fifty rows with them."""
        return [_bound(field, self) for field in _shown_fields(type(self))]

    def to_representation(self, instance: Any) -> Any:
        shown = super().to_representation(instance)
        for name, currency_name in self.amounts.items():
            if shown.get(name) is not None:
                shown[name] = plain(Decimal(shown[name]), str(shown[currency_name]))
        return shown


class ContractModelSerializer(ContractSerializer, serializers.ModelSerializer[Any]):
    """A model's representation; it validates, and a service saves."""

    serializer_related_field = OwnedRelatedField
    serializer_choice_field = ChoiceField
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateField: DayField,
        models.DecimalField: PlainDecimalField,
    }


@cache
def _shown_fields(serializer: type[serializers.Serializer[Any]]) -> tuple[Shown, ...]:
    return tuple(field for field in serializer().fields.values() if not field.write_only)


def _bound(field: Shown, serializer: serializers.Serializer[Any]) -> Shown:
    """The field as one of this serializer, whose context it may ask for."""
    if isinstance(field, serializers.BaseSerializer):
        nested = deepcopy(field)
        nested.bind(str(field.field_name), serializer)
        return nested
    own = copy(field)
    own.parent = serializer
    return own
