"""How fields are described: each kind of value in one way, whoever sends it."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction

if TYPE_CHECKING:
    from rest_framework.serializers import DecimalField

TIME_OF_DAY = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"

Schema = dict[str, Any]


def decimal_string(
    *, whole: int | None = None, fraction: int | None = None, is_signed: bool = True
) -> Schema:
    """A decimal as text, with at most so many digits before and after the point."""
    sign = "-?" if is_signed else ""
    before = f"{{1,{whole}}}" if whole is not None else "+"
    after = f"{{1,{fraction}}}" if fraction is not None else "+"
    tail = "" if fraction == 0 else rf"(\.[0-9]{after})?"
    return {"type": "string", "format": "decimal", "pattern": f"^{sign}[0-9]{before}{tail}$"}


class DecimalFieldExtension(OpenApiSerializerFieldExtension):
    """Decimals are text in every request and every answer: a JSON number would pass through a float."""

    target_class = "rest_framework.serializers.DecimalField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        field: DecimalField = self.target
        places = field.decimal_places
        whole = None if field.max_digits is None or places is None else field.max_digits - places
        is_signed = field.min_value is None or field.min_value < 0
        return decimal_string(whole=whole, fraction=places, is_signed=is_signed)


class ShownDecimalExtension(OpenApiSerializerFieldExtension):
    """A decimal in an answer, whose places are those of its currency."""

    target_class = "core.serializers.ShownDecimalField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        return decimal_string()


class TimeFieldExtension(OpenApiSerializerFieldExtension):
    """A time of day has no zone, which JSON Schema's own ``time`` (RFC 3339) asks for."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        return {"type": "string", "pattern": TIME_OF_DAY, "example": "21:30:00"}
