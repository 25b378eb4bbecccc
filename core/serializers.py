"""Building blocks of the API's representations."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail

from core.domain.money import MoneyError, currency_of, plain, require_exact
from core.errors import RelatedNotFoundError


class CurrencyField(serializers.CharField):
    """An ISO 4217 code; lower case is accepted."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_length", 3)
        options.setdefault("max_length", 3)
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:
        code = str(super().to_internal_value(data)).upper()
        try:
            currency_of(code)
        except MoneyError as exc:
            raise serializers.ValidationError(str(exc), code="unknown_currency") from exc
        return code


class AmountField(serializers.DecimalField):
    """A decimal string such as ``"-12.50"``; outflow is negative."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=19, decimal_places=4, **options)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, float | bool):
            raise serializers.ValidationError(
                "Send the amount as a string, as in “12.50”.", code="not_a_string"
            )
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "format": "uuid"})
class OwnedRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """The id of another row of the same person; anything else answers 404.

    With ``related_rows``, a dictionary, in the context a row is fetched once however many rows name it.
    """

    def get_queryset(self) -> Any:
        return super().get_queryset().for_user(self.context["request"].user)  # type: ignore[union-attr]

    def fail(self, key: str, **kwargs: Any) -> Any:
        if key == "does_not_exist":
            name = self.field_name or getattr(self.parent, "field_name", "")
            raise RelatedNotFoundError(
                f"There is no {str(name).replace('_', ' ')} with the id {str(kwargs.get('pk_value'))[:40]}.",
                details={"pointer": f"/{name}", "id": str(kwargs.get("pk_value"))[:40]},
            )
        return super().fail(key, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        try:
            pk = str(serializers.UUIDField().to_internal_value(data))
        except serializers.ValidationError as exc:
            raise serializers.ValidationError("Send the id of a row, a UUID.", code="invalid_id") from exc
        fetched = self.context.get("related_rows", {})
        key = (self.get_queryset().model, pk)
        if key not in fetched:
            fetched[key] = super().to_internal_value(pk)
        return fetched[key]

    def to_representation(self, value: Any) -> str:
        return str(value.pk)


class ContractSerializer(serializers.Serializer[Any]):
    """Rejects unknown fields by name beside all other mistakes, and keeps every amount at its currency's own precision.

    ``amounts`` maps each amount field to the field that holds its currency.
    """

    amounts: ClassVar[Mapping[str, str]] = {}

    def to_internal_value(self, data: Any) -> Any:
        unknown = self._unknown(data) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except APIException as refusal:
            if not unknown:
                raise
            others = refusal.detail if isinstance(refusal.detail, dict) else {}
            raise serializers.ValidationError(unknown | others) from refusal
        if unknown:
            raise serializers.ValidationError(unknown)
        return value

    def _unknown(self, data: Mapping[Any, Any]) -> dict[str, Any]:
        known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
        text = f"Unknown field; known here: {known}." if known else "Unknown field; there is none to give."
        return {
            str(name)[:100]: [ErrorDetail(text, "unknown_field")] for name in data if name not in self.fields
        }

    def validate(self, attrs: Any) -> Any:
        for name, currency_name in self.amounts.items():
            code = attrs.get(currency_name) or self._present(currency_name)
            self.require_exact(attrs.get(name), code, field=name)
        return attrs

    def _present(self, name: str) -> Any:
        return None if self.instance is None else self.fields[name].get_attribute(self.instance)

    def require_exact(self, amount: Decimal | None, code: str | None, *, field: str) -> None:
        """A validation error of ``field`` where the currency cannot hold the amount."""
        if amount is None or not code:
            return
        try:
            require_exact(amount, code)
        except MoneyError as exc:
            raise serializers.ValidationError({field: str(exc)}, code="not_exact") from exc

    def to_representation(self, instance: Any) -> Any:
        shown = super().to_representation(instance)
        for name, currency_name in self.amounts.items():
            if shown.get(name) is not None:
                shown[name] = plain(Decimal(shown[name]), str(shown[currency_name]))
        return shown


class ContractModelSerializer(ContractSerializer, serializers.ModelSerializer[Any]):
    """A model's representation; it validates, and a service saves."""

    serializer_related_field = OwnedRelatedField
