"""What a token may do, by name."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.errors import DomainError


class Scope(StrEnum):
    """Every scope that a token can carry; an endpoint names the ones it asks for."""

    READ_PROFILE = "read:profile"
    WRITE_PROFILE = "write:profile"
    READ_TRANSACTIONS = "read:transactions"
    WRITE_TRANSACTIONS = "write:transactions"
    READ_IMPORTS = "read:imports"
    WRITE_IMPORTS = "write:imports"
    READ_DEBTS = "read:debts"
    WRITE_DEBTS = "write:debts"
    READ_BUDGET = "read:budget"
    MANAGE_BUDGET = "manage:budget"
    READ_NOTIFICATIONS = "read:notifications"
    WRITE_NOTIFICATIONS = "write:notifications"
    READ_GOALS = "read:goals"
    WRITE_GOALS = "write:goals"


ALL_SCOPES = tuple(scope.value for scope in Scope)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def granted_scopes(token: Any) -> frozenset[str]:
    """The scopes of a validated token: its ``scope`` claim, space separated (RFC 8693, section 4.2)."""
    return frozenset(str(token.get("scope", "")).split()) if token else frozenset()


def required_scopes(view: Any, method: str) -> tuple[Scope, ...]:
    """What a view asks for: ``read_scope`` for reading methods, ``write_scope`` for the others."""
    scope = view.read_scope if method in SAFE_METHODS else view.write_scope
    return (scope,) if scope else ()


class HasScope(BasePermission):
    """Refuses a token without the view's scope, and says which scope is missing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        missing = _missing(granted_scopes(request.auth), required_scopes(view, request.method or "GET"))
        if missing:
            raise DomainError(
                f"This token lacks the scope {', '.join(missing)}.",
                code="SCOPE_MISSING",
                http_status=403,
                details={"required": missing},
            )
        return True


def _missing(granted: frozenset[str], required: Iterable[Scope]) -> list[str]:
    return [scope.value for scope in required if scope.value not in granted]
