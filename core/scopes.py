"""What a token may do, by name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, cast

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core import hooks
from core.errors import DomainError
from core.hooks import Scope

if TYPE_CHECKING:
    from rest_framework.views import APIView


class Claims(Protocol):
    """What a token says, by name."""

    def get(self, name: str, default: object = None, /) -> object: ...


READ_NOTIFICATIONS = Scope("read:notifications")
WRITE_NOTIFICATIONS = Scope("write:notifications")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def all_scopes() -> tuple[Scope, ...]:
    """Every scope that a token can carry, as the apps declare them."""
    return tuple(scope for app in hooks.joined() for scope in app.scopes)


def granted_scopes(token: "Claims | None") -> frozenset[str]:
    """The scopes of a validated token: its ``scope`` claim, space separated (RFC 8693, section 4.2)."""
    return frozenset(str(token.get("scope", "")).split()) if token else frozenset()


def required_scopes(view: "APIView", method: str) -> tuple[Scope, ...]:
    """What a view asks for: ``read_scope`` for reading methods, ``write_scope`` for the others."""
    scope: Scope | None = getattr(view, "read_scope" if method in SAFE_METHODS else "write_scope")
    return (scope,) if scope else ()


class HasScope(BasePermission):
    """Refuses a token without the view's scope, and says which scope is missing."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        missing = _missing(
            granted_scopes(cast("Claims | None", request.auth)),
            required_scopes(view, request.method or "GET"),
        )
        if missing:
            raise DomainError(
                f"This token lacks the scope {', '.join(missing)}.",
                code="SCOPE_MISSING",
                http_status=403,
                details={"required": missing},
            )
        return True


def _missing(granted: frozenset[str], required: Iterable[Scope]) -> list[str]:
    return [str(scope) for scope in required if scope not in granted]
