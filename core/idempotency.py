"""``Idempotency-Key``: the same POST sent twice acts once and answers alike.

A key is claimed in a short transaction of its own, for as long as a lease; then the work is done, and its answer is
kept in the transaction of the work. So a request that dies has either done nothing, and its claim runs out, or has
done everything, and its answer is there. Who has worked longer than their lease and lost the key to another keeps
nothing: their transaction is rolled back.

Only what was done uses a key up. A refusal has changed nothing and frees it, so that the same key may bring the
request again once it is mended.
"""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Protocol, Self
from uuid import UUID, uuid4

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core.errors import DomainError, header_error
from core.models import IdempotencyRecord

if TYPE_CHECKING:
    from django.db.models import QuerySet

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_FOR = timedelta(hours=24)
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Preference-Applied")
# Far longer than any request works, short enough to come again after a process was killed.
LEASE = timedelta(seconds=30)
# How long a second request waits for the first one's answer before it is sent away.
PATIENCE = timedelta(seconds=5)
POLL = timedelta(milliseconds=25)


class Digest(Protocol):
    """Something that bytes are added to, such as a hash of ``hashlib``."""

    def update(self, data: bytes, /) -> None: ...


class KeyInUseError(DomainError):
    """A request with the same key is being worked on; ``wait`` seconds later it has ended or counts as dead."""

    default_code = "IDEMPOTENCY_KEY_IN_USE"

    def __init__(self, wait: timedelta) -> None:
        super().__init__("A request with this Idempotency-Key is being worked on; send it again soon.")
        self.wait = max(1, ceil(wait.total_seconds()))


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What was answered when the key came first."""

    record: IdempotencyRecord

    def response(self) -> HttpResponse:
        """The same answer again, byte for byte, marked as a repetition."""
        headers = {**self.record.headers, REPLAYED: "true"}
        content = _cipher().decrypt(bytes(self.record.body))
        response = HttpResponse(content, status=self.record.status_code, headers=headers)
        if "Content-Type" not in self.record.headers:
            del response.headers["Content-Type"]
        return response


@dataclass(slots=True)
class Claim:
    """A key that is ours until the lease ends; leaving the block frees it, unless an answer was kept."""

    owner: str
    key: str
    lease: UUID
    is_kept: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What was kept is lost again where the transaction around it failed; a row with an answer is left alone.
        if kind is not None or not self.is_kept:
            self._held().delete()

    def keep(self, response: HttpResponseBase) -> None:
        """Store the rendered answer of something that was done, in the transaction that did it.

        Raises ``KeyInUseError`` where the lease ran out and another request has the key: nothing may be kept then.
        """
        if not isinstance(response, HttpResponse) or not 200 <= response.status_code < 300:
            return
        kept = self._held().update(
            status_code=response.status_code,
            headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
            body=_cipher().encrypt(response.content),
            lease=None,
            leased_until=None,
        )
        if not kept:
            raise KeyInUseError(timedelta(seconds=1))
        self.is_kept = True

    def _held(self) -> "QuerySet[IdempotencyRecord]":
        return IdempotencyRecord.objects.filter(owner=self.owner, key=self.key, lease=self.lease)


def requested_key(request: Request) -> str | None:
    """The key that a POST brings, if it does; raises a validation error for one that cannot be kept."""
    key = request.headers.get(HEADER) if request.method == "POST" else None
    if key is not None and (not key.strip() or len(key) > 255 or not key.isprintable()):
        raise header_error(HEADER, "Send between 1 and 255 printable characters.")
    return key


def claim(
    request: Request,
    *,
    key: str,
    clock: Callable[[], datetime],
    pause: Callable[[float], object] = time.sleep,
) -> Claim | FirstAnswer:
    """The key, for this request to work under, or what was answered to it before.

    Waits a little for a request that is being worked on. Raises 409: ``IDEMPOTENCY_KEY_REUSED`` where the key came
    with another request, ``IDEMPOTENCY_KEY_IN_USE`` where the first one takes longer.
    """
    owner, fingerprint = _owner(request), _fingerprint(request)
    found = _attempt(owner, key, fingerprint, now=clock())
    for _ in range(PATIENCE // POLL):
        if isinstance(found, Claim | FirstAnswer):
            break
        pause(POLL.total_seconds())
        found = _attempt(owner, key, fingerprint, now=clock())
    if isinstance(found, Claim | FirstAnswer):
        return found
    raise KeyInUseError(found - clock())


def forget_old_answers(*, now: datetime) -> int:
    """Delete the answers that nobody will ask for again; returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def _attempt(owner: str, key: str, fingerprint: str, *, now: datetime) -> Claim | FirstAnswer | datetime:
    """A claim or an answer; or until when somebody else holds the key."""
    record = IdempotencyRecord.objects.filter(owner=owner, key=key).first()
    if record is None:
        return _claimed_first(owner, key, fingerprint, now=now) or now
    is_over = record.leased_until is not None and record.leased_until <= now
    if is_over:
        return _taken_over(record, fingerprint, now=now) or now
    if record.fingerprint != fingerprint:
        raise DomainError(
            "This Idempotency-Key was sent before with another request.", code="IDEMPOTENCY_KEY_REUSED"
        )
    return record.leased_until or FirstAnswer(record)


def _claimed_first(owner: str, key: str, fingerprint: str, *, now: datetime) -> Claim | None:
    lease = uuid4()
    try:
        with transaction.atomic():
            IdempotencyRecord.objects.create(
                owner=owner,
                key=key,
                fingerprint=fingerprint,
                created_at=now,
                lease=lease,
                leased_until=now + LEASE,
            )
    except IntegrityError:
        return None
    return Claim(owner, key, lease)


def _taken_over(record: IdempotencyRecord, fingerprint: str, *, now: datetime) -> Claim | None:
    """The key of a request that died; None where another was quicker, or it was not dead after all."""
    lease = uuid4()
    dead = IdempotencyRecord.objects.filter(pk=record.pk, lease=record.lease)
    taken = dead.update(fingerprint=fingerprint, created_at=now, lease=lease, leased_until=now + LEASE)
    return Claim(record.owner, record.key, lease) if taken else None


def _owner(request: Request) -> str:
    if request.user and request.user.is_authenticated:
        return str(request.user.pk)
    return f"anonymous:{BaseThrottle().get_ident(request)}"


def _fingerprint(request: Request) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    data = request.data
    if hasattr(data, "lists"):
        for name, values in sorted(data.lists()):
            _update(digest, name, values)
    else:
        digest.update(json.dumps(data, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _update(digest: Digest, name: str, values: Iterable[object]) -> None:
    for value in values:
        digest.update(f"\n{name}=".encode())
        if isinstance(value, UploadedFile):
            for chunk in value.chunks():
                digest.update(chunk)
            value.seek(0)
        else:
            digest.update(str(value).encode())


@lru_cache(maxsize=1)
def _cipher() -> Fernet:
    secret = hashlib.sha256(b"solvent idempotency:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
