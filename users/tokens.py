"""Access and refresh tokens: what they carry, and when they stop counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from rest_framework_simplejwt.exceptions import ExpiredTokenError, TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token, UntypedToken

from core.errors import DomainError, StandingRefusal, UnauthorizedError
from core.scopes import all_scopes
from users.models import SignIn, User

TokenT = TypeVar("TokenT", bound=Token)

NOT_VALID = "This token is not valid, or no longer."


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a client gets when it signs in or refreshes."""

    user: User
    access: str
    refresh: str


def sign_in(user: User, *, scopes: Sequence[str] | None = None, now: datetime) -> TokenPair:
    """Begin a family of tokens for this client, with every right or with those named."""
    family = SignIn(user=user, scope=" ".join(sorted(all_scopes() if scopes is None else scopes)))
    refresh = _refresh_token(family)
    family.current_token = refresh["jti"]
    family.expires_at = now + refresh.lifetime
    family.save()
    return TokenPair(user=user, access=str(_access_token(family)), refresh=str(refresh))


def rotate(raw: str, *, now: datetime) -> TokenPair:
    """A new pair for the family's latest refresh token; the old one is spent.

    Raises 401 ``TOKEN_INVALID`` for a token that does not count, and ``TOKEN_REUSED`` for a spent one, whose
    family is then revoked.
    """
    family, presented = _open(raw)
    renewed = _refresh_token(family)
    current = SignIn.objects.filter(pk=family.pk, current_token=presented, revoked_at=None)
    if not current.update(current_token=renewed["jti"], expires_at=now + renewed.lifetime, updated_at=now):
        _revoke_reused(family, now=now)
    return TokenPair(user=family.user, access=str(_access_token(family)), refresh=str(renewed))


def revoke(raw: str, *, user: User, now: datetime) -> None:
    """End the family of a refresh token; one that no longer counts has ended already."""
    try:
        family, _ = _open(raw)
    except DomainError:
        return
    if family.user_id == user.pk:
        SignIn.objects.filter(pk=family.pk, revoked_at=None).update(revoked_at=now, updated_at=now)


def _revoke_reused(family: SignIn, *, now: datetime) -> None:
    SignIn.objects.filter(pk=family.pk, revoked_at=None).update(revoked_at=now, updated_at=now)
    raise StandingRefusal(
        "This refresh token was used before; sign in again.", code="TOKEN_REUSED", http_status=401
    )


def _open(raw: str) -> tuple[SignIn, str]:
    try:
        token = _decoded(RefreshToken, raw)
        family = SignIn.objects.select_related("user").get(pk=token["family"])
    except (TokenError, KeyError, SignIn.DoesNotExist) as exc:
        raise _spent() from exc
    if not family.user.is_active or token.get("version") != family.user.token_version:
        raise _spent()
    if family.revoked_at is not None:
        raise _spent()
    return family, str(token["jti"])


def read_access(raw: str) -> UntypedToken:
    """The access token that was sent along; whose it is, and whether it was revoked, is yet to be seen.

    Raises 401: ``TOKEN_EXPIRED``, or ``TOKEN_INVALID`` for one that is forged or is a refresh token.
    """
    try:
        token = _decoded(UntypedToken, raw)
    except ExpiredTokenError as exc:
        message = "This token has expired; refresh it or sign in again."
        raise UnauthorizedError(message, code="TOKEN_EXPIRED", error="invalid_token") from exc
    except TokenError as exc:
        raise not_counting() from exc
    if token.get("token_type") == RefreshToken.token_type:
        message = "This is a refresh token; send the access token that came with it."
        raise UnauthorizedError(message, code="TOKEN_INVALID", error="invalid_token")
    if token.get("token_type") != AccessToken.token_type:
        raise not_counting()
    return token


def _decoded(kind: type[TokenT], raw: str) -> TokenT:
    return kind(raw)  # type: ignore[arg-type]  # takes what it is written as


def not_counting() -> UnauthorizedError:
    """The answer to an access token that is forged or revoked."""
    return UnauthorizedError(NOT_VALID, code="TOKEN_INVALID", error="invalid_token")


def _spent() -> DomainError:
    return DomainError(NOT_VALID, code="TOKEN_INVALID", http_status=401)


def _refresh_token(family: SignIn) -> RefreshToken:
    return _carrying(RefreshToken(), family)


def _access_token(family: SignIn) -> AccessToken:
    return _carrying(AccessToken(), family)


def _carrying(token: TokenT, family: SignIn) -> TokenT:
    token["user_id"] = str(family.user_id)
    token["family"] = str(family.pk)
    token["version"] = family.user.token_version
    token["scope"] = family.scope
    return token
