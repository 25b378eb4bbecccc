"""What every operation may answer beside its own: errors, and the headers that come with answers."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

Schema = dict[str, Any]

ERROR_CODES: list[str] = settings.ERROR_CODES
FAULT_CODES: list[str] = settings.FAULT_CODES

ERRORS = {
    "400": "The request is not valid; `errors` names each fault.",
    "401": "No token, or one that no longer counts.",
    "403": "The token lacks a scope.",
    "404": "Not found, or not yours.",
    "406": "The answer is not to be had in the media type asked for.",
    "409": "In conflict with what is there.",
    "412": "What is there is not what If-Match names; read it again.",
    "413": "Too large.",
    "415": "The body's media type is not read here.",
    "422": "Understood, but not possible.",
    "429": "Too many requests; see Retry-After.",
    "500": "Something went wrong on our side; it has been logged.",
    "503": "Something this depends on cannot be reached; try again soon.",
}
ANYWHERE = ("400", "406", "429", "500", "503")
OF_A_BODY = ("404", "409", "413", "415", "422")
RESPONSE_NAMES = {
    "400": "NotValid",
    "401": "NotAuthenticated",
    "403": "NotPermitted",
    "404": "NotFound",
    "406": "NotAcceptable",
    "409": "InConflict",
    "412": "PreconditionFailed",
    "413": "TooLarge",
    "415": "NotReadable",
    "422": "NotPossible",
    "429": "TooManyRequests",
    "500": "InternalError",
    "503": "Unavailable",
}


class ErrorItemSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(
        help_text="JSON pointer (RFC 6901) to the field, empty for the whole body; or `?name` of a query parameter, "
        "`{name}` of a part of the address, a header's name."
    )
    code = serializers.ChoiceField(FAULT_CODES, help_text="Stable, for programs.")
    message = serializers.CharField()


class ErrorAnswerSerializer(serializers.Serializer[Any]):
    """Every error has this shape."""

    success = serializers.BooleanField()
    error = serializers.CharField(help_text="A sentence for a person.")
    error_code = serializers.ChoiceField(ERROR_CODES, help_text="Stable, for programs.")
    details = serializers.DictField(help_text="The figures behind the error.")
    errors = ErrorItemSerializer(many=True)  # type: ignore[assignment]
    request_id = serializers.CharField()


def refusal(description: str) -> OpenApiResponse:
    """An error that means something of its own at one operation."""
    return OpenApiResponse(ErrorAnswerSerializer, description)
