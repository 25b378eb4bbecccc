"""``Idempotency-Key``: the same POST sent twice acts once and answers alike.

The claim of a key, the work and the stored answer are one transaction: a request that dies leaves no trace,
and a second one with the same key waits for the first on the database's unique index.
"""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, transaction
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from core.errors import DomainError, header_error
from core.models import IdempotencyRecord

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
NOT_AN_ANSWER = {401, 403, 429}


def requested_key(request: Any) -> str | None:
    """The key the client chose, if it sent one; raises a validation error for one that cannot be kept."""
    key: str | None = request.headers.get(HEADER)
    if key is None:
        return None
    if not key.strip() or len(key) > 255 or not key.isprintable():
        raise header_error(HEADER, "Send between 1 and 255 printable characters.")
    return key


def claim(request: Request, *, key: str, now: datetime) -> IdempotencyRecord:
    """The record of this key: new (no ``status_code``) or with the first answer.

    Raises 409 ``IDEMPOTENCY_KEY_REUSED`` where the key came with another request before.
    """
    fingerprint = _fingerprint(request)
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(
                owner=_owner(request), key=key, fingerprint=fingerprint, created_at=now
            )
    except IntegrityError:
        record = IdempotencyRecord.objects.get(owner=_owner(request), key=key)
    if record.fingerprint != fingerprint:
        raise DomainError(
            "This Idempotency-Key was sent before with another request.", code="IDEMPOTENCY_KEY_REUSED"
        )
    return record


def keep_answer(record: IdempotencyRecord, response: Response) -> None:
    """Store a rendered answer; one that says nothing about the work frees the key instead."""
    if response.status_code in NOT_AN_ANSWER:
        record.delete()
        return
    record.status_code = response.status_code
    record.body = _cipher().encrypt(response.rendered_content or b"")
    record.save(update_fields=["status_code", "body"])


def first_answer(record: IdempotencyRecord) -> Any:
    """The data of the stored answer."""
    content = _cipher().decrypt(bytes(record.body))
    return json.loads(content) if content else None


def forget_old_answers(*, now: datetime) -> int:
    """Delete the answers that nobody will ask for again; returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


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


def _update(digest: Any, name: str, values: list[Any]) -> None:
    for value in values:
        digest.update(f"\n{name}=".encode())
        if hasattr(value, "chunks"):
            for chunk in value.chunks():
                digest.update(chunk)
            value.seek(0)
        else:
            digest.update(str(value).encode())


@lru_cache(maxsize=1)
def _cipher() -> Fernet:
    secret = hashlib.sha256(b"solvent idempotency:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
