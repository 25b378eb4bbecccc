"""Conditional requests (RFC 9110, section 13): ``ETag`` and ``If-None-Match`` on reads, ``If-Match`` on writes."""

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers, set_response_etag
from django.utils.http import parse_etags
from rest_framework import status
from rest_framework.request import Request

from core.errors import DomainError

# A 304 repeats what the answer would have said, but not what describes a body.
OF_THE_BODY = {"content-type", "content-length", "content-disposition"}


class PreconditionFailedError(DomainError):
    """What is there is not what the caller has seen."""

    status_code: int = status.HTTP_412_PRECONDITION_FAILED
    default_code = "PRECONDITION_FAILED"


def is_conditional(request: Request) -> bool:
    """Whether the request is to be carried out only where what is there is as the caller thinks."""
    return "If-Match" in request.headers or "If-None-Match" in request.headers


def tagged(response: HttpResponseBase) -> HttpResponseBase:
    """The rendered answer with the hash of its bytes as ``ETag``; one that is streamed has none.

    Whoever keeps it asks again each time, and it is theirs alone.
    """
    if isinstance(response, HttpResponse) and response.status_code == status.HTTP_200_OK:
        set_response_etag(response)
        patch_cache_control(response, private=True, no_cache=True)
    return response


def unless_known(request: Request, response: HttpResponseBase) -> HttpResponseBase:
    """The tagged answer, or 304 without a body where ``If-None-Match`` has its tag already."""
    if not _names(request, "If-None-Match", response.headers.get("ETag")):
        return response
    kept = {name: value for name, value in response.headers.items() if name.lower() not in OF_THE_BODY}
    unchanged = HttpResponseNotModified(headers=kept)
    patch_vary_headers(unchanged, ["Accept-Encoding"])
    return unchanged


def require_seen(request: Request, current: HttpResponseBase) -> None:
    """Raise 412 where ``If-Match`` does not name what a GET gives now, or ``If-None-Match`` does.

    A tag counts with and without ``W/``: compression makes every tag weak (section 8.8.1), and the hash behind it
    names the same state of the row. What is no tag names nothing.
    """
    tag = tagged(current).headers.get("ETag")
    if "If-Match" in request.headers and not _names(request, "If-Match", tag):
        raise PreconditionFailedError("This was changed since you read it; read it again.")
    if _names(request, "If-None-Match", tag):
        raise PreconditionFailedError("This is there already, as you have it.")


def _names(request: Request, header: str, tag: str | None) -> bool:
    given = parse_etags(request.headers.get(header, ""))
    return tag is not None and ("*" in given or _opaque(tag) in map(_opaque, given))


def _opaque(tag: str) -> str:
    return tag.removeprefix("W/")
