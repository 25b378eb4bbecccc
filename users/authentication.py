"""The one place that decides who is calling."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework_simplejwt.tokens import Token

from core.errors import UnauthorizedError
from users.models import User
from users.tokens import not_counting, read_access

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

KEPT_SECONDS = 300
# Read from the database where it is asked for, which is at a change of password only.
KEPT_OUT = {"password"}


class AccessTokenAuthentication(BaseAuthentication):
    """A bearer token (RFC 6750) of an active person whose ``token_version`` it carries.

    The person's row is cached where the cache is shared by all processes; whoever changes a row calls
    ``remember_caller``, so a revoked token stops at once. Raises 401 for a header that is there and does not count.
    """

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        header = request.headers.get("Authorization", "").strip()
        if not header:
            return None
        token = read_access(_bearer_token(header))
        user = _caller(str(token.get("user_id", "")))
        if user is None or not user.is_active or token.get("version") != user.token_version:
            raise not_counting()
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _bearer_token(header: str) -> str:
    scheme, *rest = header.split()
    if scheme.lower() != "bearer" or len(rest) != 1:
        raise UnauthorizedError(
            "Send the access token, and nothing else, as “Authorization: Bearer <access>”.",
            code="AUTHORIZATION_SCHEME",
        )
    return rest[0]


@transaction.atomic
def remember_caller(user_id: UUID) -> None:
    """Show the other processes this person's row as it is now; call it on commit."""
    if settings.CACHE_IS_SHARED:
        # Under the row's lock, so that of two changes the later one is also the one that stays in the cache.
        user = User.objects.select_for_update().get(pk=user_id)
        cache.set(_key(str(user_id)), _columns(user), timeout=KEPT_SECONDS)


def _caller(user_id: str) -> User | None:
    if settings.CACHE_IS_SHARED:
        columns = cache.get(_key(user_id))
        if columns is not None:
            return User.from_db("default", list(columns), list(columns.values()))
    user = User.objects.filter(pk=user_id).first()
    if user is not None and settings.CACHE_IS_SHARED:
        # ``add`` and not ``set``: a change that came between the read and here must win.
        cache.add(_key(user_id), _columns(user), timeout=KEPT_SECONDS)
    return user


def _columns(user: User) -> dict[str, object]:
    fields = User._meta.concrete_fields  # noqa: SLF001  (Django's documented model API)
    return {field.attname: getattr(user, field.attname) for field in fields if field.attname not in KEPT_OUT}


def _key(user_id: str) -> str:
    return f"caller:{user_id}"


class AccessTokenScheme(OpenApiAuthenticationExtension):
    """How the reference of the API describes it."""

    target_class = AccessTokenAuthentication
    name = "accessToken"

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
