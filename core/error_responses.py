"""Every error that leaves the application, in the one shape of the contract."""

from collections.abc import Mapping
from functools import singledispatch
from itertools import chain
from typing import Any, TypedDict, cast

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, JsonResponse
from django_redis.exceptions import ConnectionInterrupted
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse, ExceptionHandlerContext
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework import exceptions, status

from core.errors import DomainError, OutsideBodyError, current_request_id, json_pointer

HTTP_CODES = {
    400: "BAD_REQUEST",
    401: "NOT_AUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    406: "NOT_ACCEPTABLE",
    409: "CONFLICT",
    412: "PRECONDITION_FAILED",
    413: "TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "NOT_POSSIBLE",
    429: "RATE_LIMITED",
    500: "INTERNAL_ERROR",
    503: "UNAVAILABLE",
}


class ErrorBody(TypedDict):
    """The contract's error object."""

    success: bool
    error: str
    error_code: str
    details: dict[str, Any]
    errors: list[dict[str, str]]
    request_id: str


NO_CONTEXT = cast("ExceptionHandlerContext", {})


def error_body(
    *,
    message: str,
    code: str,
    details: Mapping[str, object] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> ErrorBody:
    """The contract's error object."""
    return {
        "success": False,
        "error": message,
        "error_code": code,
        "details": dict(details or {}),
        "errors": errors or [],
        "request_id": current_request_id(),
    }


class ContractExceptionHandler(ExceptionHandler):
    """Turns the errors of what lies beneath into the API's before they are formatted."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        converted: Exception = super().convert_known_exceptions(_translated(exc))
        return converted


@singledispatch
def _translated(exc: Exception) -> Exception:
    """The API's error for one of what lies beneath; any other as it is."""
    return exc


@_translated.register
def _from_django(exc: DjangoValidationError) -> exceptions.APIException:
    """A validation error; or a conflict, where a constraint says so by a code of its own in capitals."""
    groups = exc.error_dict.values() if hasattr(exc, "error_dict") else [exc.error_list]
    for error in chain.from_iterable(groups):
        if str(error.code or "").isupper():
            return DomainError(error.messages[0], code=str(error.code))
    if not hasattr(exc, "error_dict"):
        return exceptions.ValidationError(
            [exceptions.ErrorDetail(message, exc.code or "invalid") for message in exc.messages]
        )
    fields: dict[str, list[exceptions.ErrorDetail]] = {}
    for name, errors in exc.error_dict.items():
        key = "non_field_errors" if name == NON_FIELD_ERRORS else name
        fields[key] = [
            exceptions.ErrorDetail(message, error.code or "invalid")
            for error in errors
            for message in error.messages
        ]
    return exceptions.ValidationError(fields)


def body_of(exc: Exception) -> ErrorBody:
    """What the API would answer to this error, for a part of a request that has one of its own."""
    known = ContractExceptionHandler(exc, NO_CONTEXT).convert_known_exceptions(exc)
    if not isinstance(known, exceptions.APIException):
        raise exc
    body: ErrorBody = ContractFormatter(known, NO_CONTEXT, exc).run()
    return body


@_translated.register
def _too_large(exc: RequestDataTooBig) -> DomainError:
    return DomainError("The request body is too large.", code="TOO_LARGE", http_status=413)


@_translated.register
def _suspicious(exc: SuspiciousOperation) -> exceptions.ParseError:
    return exceptions.ParseError("The request could not be understood.")


@_translated.register
def _broken_constraint(exc: IntegrityError) -> Exception:
    # Validation has looked already: somebody else was quicker. Every other broken constraint is our mistake.
    if "unique" not in str(exc).lower():
        return exc
    return DomainError("Something was changed at the same moment; look again.", code="CONFLICT")


@_translated.register(OperationalError)
@_translated.register(ConnectionInterrupted)
@_translated.register(RedisConnectionError)
@_translated.register(BrokerError)
def _dependency_down(exc: Exception) -> DomainError:
    message = "Something this depends on cannot be reached; try again soon."
    return DomainError(message, code="UNAVAILABLE", http_status=503)


class ContractFormatter(ExceptionFormatter):
    """Gives every handled exception the contract's shape."""

    def format_error_response(self, error_response: ErrorResponse) -> ErrorBody:
        if isinstance(self.exc, exceptions.ValidationError):
            point = str if isinstance(self.exc, OutsideBodyError) else _pointer
            errors = [
                {"pointer": point(error.attr), "code": error.code, "message": str(error.detail)}
                for error in error_response.errors
            ]
            return error_body(message=_summary(errors), code="VALIDATION_ERROR", errors=errors)
        details = getattr(self.exc, "details", {})
        first = error_response.errors[0]
        return error_body(
            message=str(first.detail),
            code=self._code(first.code),
            details=details,
            errors=self._fault(str(first.detail), str(first.code)),
        )

    def _fault(self, message: str, code: str) -> list[dict[str, str]]:
        pointer = getattr(self.exc, "pointer", None)
        return [] if pointer is None else [{"pointer": pointer, "code": code.lower(), "message": message}]

    def _code(self, code: str) -> str:
        if isinstance(self.exc, DomainError) or code.isupper():
            return code
        if self.exc.status_code == status.HTTP_400_BAD_REQUEST and code == "parse_error":
            return "MALFORMED_BODY"
        if isinstance(self.exc, exceptions.AuthenticationFailed):
            return "TOKEN_INVALID"
        return HTTP_CODES.get(self.exc.status_code, "ERROR")


def _pointer(attr: str | None) -> str:
    """``rows.0.amount`` as the JSON pointer ``/rows/0/amount``."""
    return json_pointer(part for part in (attr or "").split(".") if part and part != "non_field_errors")


def _summary(errors: list[dict[str, str]]) -> str:
    if not errors:
        return "The request is not valid."
    first = errors[0]
    name = first["pointer"].strip("/?{}")
    text = f"{name}: {first['message']}" if name else first["message"]
    return text if len(errors) == 1 else f"{text} (and {len(errors) - 1} more)"


def json_error(request: HttpRequest, *, http_status: int, message: str) -> JsonResponse:
    """The contract's error for what never reaches an API view."""
    body = error_body(message=message, code=HTTP_CODES[http_status])
    return JsonResponse(body, status=http_status)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    return json_error(request, http_status=400, message="The request could not be understood.")


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    return json_error(request, http_status=403, message="You may not do this.")


def page_not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    hint = " Paths have no slash at the end." if request.path.endswith("/") else ""
    return json_error(request, http_status=404, message=f"There is nothing at {request.path[:200]}.{hint}")


def server_error(request: HttpRequest) -> JsonResponse:
    return json_error(
        request, http_status=500, message="Something went wrong on our side; it has been logged."
    )
