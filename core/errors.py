"""Errors in words a person understands and codes a program can rely on."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import structlog
from rest_framework import exceptions, status


class DomainError(exceptions.APIException):
    """A rule of the ledger refused what was asked.

    ``code`` is stable for clients, the message is for people, and ``details`` carries the figures behind it.
    ``pointer`` names the part of the request that is at fault, where one is. Subclasses and callers choose
    among 400, 404, 409, 413, 422 and 503.
    """

    status_code: int = status.HTTP_409_CONFLICT
    default_code = "CONFLICT"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        http_status: int | None = None,
        details: Mapping[str, object] | None = None,
        pointer: str | None = None,
    ) -> None:
        super().__init__(message, code or self.default_code)
        self.status_code = http_status or self.status_code
        self.details = dict(details or {})
        self.pointer = pointer


class UnauthorizedError(DomainError):
    """Nobody could tell who is asking; ``error`` is what RFC 6750 calls it, empty where no token was brought."""

    status_code: int = status.HTTP_401_UNAUTHORIZED
    default_code = "NOT_AUTHENTICATED"

    def __init__(self, message: str, *, code: str, error: str = "") -> None:
        super().__init__(message, code=code)
        said = f', error="{error}", error_description="{message}"' if error else ""
        self.auth_header = f'Bearer realm="api"{said}'


class RelatedNotFoundError(DomainError):
    """An id in a request body that names nothing, or something of another person.

    Whoever reads a part of a body does so ``under`` its name, so that the pointer is of the whole.
    """

    status_code: int = status.HTTP_404_NOT_FOUND
    default_code = "NOT_FOUND"

    def within(self, *parts: object) -> "RelatedNotFoundError":
        """The same mistake, seen from outside: ``parts`` are names of fields and places in lists."""
        self.pointer = json_pointer(parts) + (self.pointer or str(self.details.get("pointer", "")))
        self.details["pointer"] = self.pointer
        return self


@contextmanager
def under(*parts: object) -> Iterator[None]:
    """Read what stands under these names and places: an id in it that names nothing is pointed at there."""
    try:
        yield
    except RelatedNotFoundError as missing:
        missing.within(*parts)
        raise


class OutsideBodyError(exceptions.ValidationError):
    """Something that stands beside the body of a request is at fault.

    Its details are keyed by the pointers that are shown: ``?limit`` is a query parameter, ``{day}`` a part of the
    address, ``Idempotency-Key`` a header. A pointer into the body begins with a slash.
    """


def json_pointer(parts: Iterable[object]) -> str:
    """``rows``, ``0``, ``amount`` as ``/rows/0/amount`` (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def parameter_error(name: str, message: str, code: str = "invalid") -> OutsideBodyError:
    """A validation error of one query parameter."""
    return OutsideBodyError({f"?{name}": [exceptions.ErrorDetail(message, code)]})


def header_error(name: str, message: str, code: str = "invalid") -> OutsideBodyError:
    """A validation error of one header."""
    return OutsideBodyError({name: [exceptions.ErrorDetail(message, code)]})


def address_error(name: str, message: str, code: str = "invalid") -> OutsideBodyError:
    """A validation error of one part of the address, by its name in the schema."""
    return OutsideBodyError({f"{{{name}}}": [exceptions.ErrorDetail(message, code)]})


class StandingRefusal(DomainError):  # noqa: N818  (a refusal that is also a deed)
    """A refusal that itself changes something, as a token used twice ends its family: what was written stands."""


def field_error(name: str, message: str, code: str = "invalid") -> exceptions.ValidationError:
    """A validation error of one field of the body, for checks that need more than the field itself."""
    return exceptions.ValidationError({name: [exceptions.ErrorDetail(message, code)]})


def current_request_id() -> str:
    """The id under which this request is logged; empty outside a request."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
