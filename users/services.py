"""What happens to a person's identity."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from core import hooks
from core.audit import Act, differences, record, snapshot
from core.errors import DomainError, field_error
from core.jobs import enqueue
from core.models import AuditEntry
from users import tokens
from users.authentication import remember_caller
from users.models import Preferences, Profile, Settings, SignIn, User

Part: TypeAlias = Profile | Preferences | Settings

IDENTITY_FIELDS = ("name", "country", "base_currency", "time_zone", "locale")


@transaction.atomic
def register(*, email: str, password: str, now: datetime, **fields: object) -> tokens.TokenPair:
    """A new person with everything they need, signed in.

    Raises 409 ``EMAIL_ALREADY_EXISTS``, and a validation error for a weak password.
    """
    user = create_person(email=email, password=password, **fields)
    return tokens.sign_in(user, now=now)


@transaction.atomic
def create_person(*, email: str, password: str, **fields: object) -> User:
    """A person with profile, preferences and settings, and what the other apps prepare for them."""
    user = User(email=email.strip().lower(), **fields)
    _check_password(password, user=user, field="password")
    user.set_password(password)
    try:
        with transaction.atomic():
            user.full_clean(validate_unique=False, validate_constraints=False)
            user.save(force_insert=True)
    except IntegrityError as exc:
        raise DomainError(
            "There is an account with this e-mail address already.", code="EMAIL_ALREADY_EXISTS"
        ) from exc
    for part in (Profile, Preferences, Settings):
        part.objects.create(user=user)
    for app in hooks.joined():
        if app.prepare_person is not None:
            app.prepare_person(user)
    return user


def log_in(
    *, email: str, password: str, now: datetime, request: HttpRequest, scopes: Sequence[str] | None = None
) -> tokens.TokenPair:
    """Tokens for the right e-mail and password; 401 ``INVALID_CREDENTIALS`` says no more than that."""
    user = authenticate(request, username=email.strip().lower(), password=password)
    if not isinstance(user, User):
        raise DomainError("Wrong e-mail address or password.", code="INVALID_CREDENTIALS", http_status=401)
    return tokens.sign_in(user, scopes=scopes, now=now)


@transaction.atomic
def log_out_everywhere(user: User, *, now: datetime) -> None:
    """Every token of this person, access and refresh, stops counting at once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.token_version += 1
    user.save(update_fields=["token_version", "updated_at"])
    SignIn.objects.filter(user=user, revoked_at=None).update(revoked_at=now, updated_at=now)
    forget_cached(user)


@transaction.atomic
def change_password(user: User, *, old_password: str, new_password: str, now: datetime) -> tokens.TokenPair:
    """A new password; every other client is signed out, this one gets new tokens."""
    if not user.check_password(old_password):
        raise field_error("old_password", "This is not your present password.", "wrong_password")
    set_password(user, new_password=new_password, now=now)
    user.refresh_from_db()
    return tokens.sign_in(user, now=now)


@transaction.atomic
def set_password(user: User, *, new_password: str, now: datetime) -> None:
    """Store a password that passes the rules and sign every client out."""
    _check_password(new_password, user=user, field="new_password")
    user.set_password(new_password)
    user.save(update_fields=["password", "updated_at"])
    log_out_everywhere(user, now=now)


def ask_for_new_password(*, email: str) -> None:
    """Send a link if the address is known; the answer and its timing are the same if it is not."""
    enqueue("users.send_password_reset", email=email.strip().lower())


@transaction.atomic
def update_identity(user: User, *, act: Act, **fields: object) -> User:
    """Change who a person is; a new base currency is followed by the ledger."""
    user = User.objects.select_for_update().get(pk=user.pk)
    before = snapshot(user, IDENTITY_FIELDS)
    for name, value in fields.items():
        setattr(user, name, value)
    user.full_clean(validate_unique=False, validate_constraints=False)
    user.save()
    changes = differences(before, snapshot(user, IDENTITY_FIELDS))
    if changes:
        record(user, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    forget_cached(user)
    if "base_currency" in changes:
        for app in hooks.joined():
            if app.follow_base_currency is not None:
                app.follow_base_currency(user)
    return user


@transaction.atomic
def update_part(part: Part, *, act: Act, **fields: object) -> None:
    """Change a person's profile, preferences or settings."""
    names = [field.name for field in part._meta.concrete_fields if field.name != "user"]  # noqa: SLF001
    before = snapshot(part, names)
    for name, value in fields.items():
        setattr(part, name, value)
    part.full_clean()
    part.save()
    changes = differences(before, snapshot(part, names))
    if changes:
        record(part, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def forget_cached(user: User) -> None:
    """Once committed, let every process see this person's row as it is now."""
    transaction.on_commit(lambda: remember_caller(user.pk))


def forget_old_sign_ins(*, now: datetime) -> int:
    """Delete families whose tokens have all expired; returns how many."""
    return SignIn.objects.filter(expires_at__lt=now).delete()[0]


def _check_password(password: str, *, user: User, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as exc:
        raise ValidationError({field: exc.error_list}) from exc
