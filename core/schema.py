"""The OpenAPI document: errors, scopes, headers and pages as the contract has them."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_lib_doc_excludes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from core import serializers as building_blocks
from core import views
from core.idempotency import HEADER
from core.scopes import required_scopes

ERRORS = {
    "400": "The request is not valid; `errors` names each fault.",
    "401": "No token, or one that no longer counts.",
    "403": "The token lacks a scope.",
    "404": "Not found, or not yours.",
    "409": "In conflict with what is there.",
    "413": "Too large.",
    "415": "The body's media type is not read here.",
    "422": "Understood, but not possible.",
    "429": "Too many requests; see Retry-After.",
}


PRINTABLE = r"^[!-~]([ -~]*[!-~])?$"
TIME_OF_DAY = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"


def base_classes() -> list[type]:
    """Those whose own words are for who extends them; what a reader of the API sees stops short of them."""
    ours = [
        each
        for module in (building_blocks, views)
        for each in vars(module).values()
        if isinstance(each, type)
    ]
    return [*get_lib_doc_excludes(), *ours]  # type: ignore[no-untyped-call]


class ErrorItemSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(
        help_text="JSON pointer (RFC 6901) to the field, empty for the whole body; or `?name` of a query parameter, "
        "`{name}` of a part of the address, a header's name."
    )
    code = serializers.CharField()
    message = serializers.CharField()


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error has this shape."""

    success = serializers.BooleanField(default=False)
    error = serializers.CharField(help_text="A sentence for a person.")
    error_code = serializers.CharField(help_text="Stable, for programs.")
    details = serializers.DictField(help_text="The figures behind the error.")
    errors = ErrorItemSerializer(many=True)  # type: ignore[assignment]
    request_id = serializers.CharField()


class LocalTimeField(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A time of day has no zone, which JSON Schema's own ``time`` (RFC 3339) asks for."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, str]:
        return {"type": "string", "pattern": TIME_OF_DAY, "example": "21:30:00"}


class ContractSchema(AutoSchema):
    """Adds to each operation what every view of the contract does."""

    def get_override_parameters(self) -> list[Any]:
        parameters = list(super().get_override_parameters())
        if self.method == "POST":
            parameters.append(
                OpenApiParameter(
                    HEADER,
                    {"type": "string", "maxLength": 255, "pattern": PRINTABLE},
                    OpenApiParameter.HEADER,
                    description="Repeating the request with the same key gives the first answer again.",
                )
            )
        return parameters

    def get_description(self) -> str:  # type: ignore[override]
        scopes = ", ".join(f"`{scope}`" for scope in required_scopes(self.view, self.method))
        text: str = super().get_description()
        return f"{text}\n\nScope: {scopes}".strip() if scopes else text

    def get_extensions(self) -> dict[str, Any]:
        scopes = [str(scope) for scope in required_scopes(self.view, self.method)]
        return {**super().get_extensions(), "x-scopes": scopes} if scopes else super().get_extensions()

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._error_statuses():
            if code not in bodies:
                error = OpenApiResponse(ErrorSerializer, ERRORS[code])
                bodies[code] = self._get_response_for_code(error, code, direction=direction)  # type: ignore[no-untyped-call]
        return bodies

    def _error_statuses(self) -> list[str]:
        statuses = ["400", "429"]
        if self.get_auth():
            statuses.append("401")
        if required_scopes(self.view, self.method):
            statuses.append("403")
        if self.method in {"POST", "PUT", "PATCH"}:
            statuses += ["404", "409", "413", "415", "422"]
        if "{" in self.path:
            statuses.append("404")
        if self.method == "DELETE":
            statuses.append("409")
        return sorted(set(statuses))
