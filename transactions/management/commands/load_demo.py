"""Gives a new installation something to look at, and somebody to look at it."""

import json
import os
import secrets
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from core import hooks
from core.audit import Act
from core.models import AuditEntry
from transactions.demo.household import household
from transactions.demo.loading import load_household
from transactions.services.recurring import refresh_recurring
from users.models import Profile, User
from users.services import create_person, set_password, update_part

SIGN_IN_FILE = "sign-in.json"
DEMO_EMAIL, STAFF_EMAIL = "demo@solvent.example", "staff@solvent.example"
TIME_ZONE = "Europe/Berlin"


class Command(BaseCommand):
    help = (
        "Load a demo household and a member of staff, once; their passwords are random and stand in "
        f"DATA_DIR/{SIGN_IN_FILE}. A second run keeps what is there."
    )

    def handle(self, *_args: object, **_options: object) -> None:
        now = timezone.now()
        path = Path(settings.DATA_DIR) / SIGN_IN_FILE  # type: ignore[misc]  # shared by the settings' parts
        with transaction.atomic():
            sign_ins = _SignIns(path, now=now)
            sign_ins.person("staff", STAFF_EMAIL, name="Staff", is_staff=True, is_superuser=True)
            demo = sign_ins.person(
                "demo", DEMO_EMAIL, name="Mara and Jonas Lindner", country="DE", time_zone=TIME_ZONE
            )
            rows = _settle(demo, now=now) if demo else 0
            sign_ins.keep()
        done = f"Loaded the demo household: {rows} rows." if rows else "The demo household was loaded before."
        self.stdout.write(f"{done} How to sign in: {path}")


class _SignIns:
    """The people of the demo and their passwords; the file and the database follow each other."""

    def __init__(self, path: Path, *, now: datetime) -> None:
        self._path, self._now = path, now
        self._known: dict[str, dict[str, str]] = json.loads(path.read_text()) if path.is_file() else {}
        self._before = dict(self._known)
        self._is_new_database = not User.objects.exists()

    def person(self, role: str, email: str, **fields: Any) -> User | None:
        """The person if they are new.

        Who is there and whose password nobody knows any more gets another one; who stands in the file but is
        gone from a database that has people was deleted, and stays so.
        """
        user = User.objects.filter(email=email).first()
        if role in self._known and (user is not None or not self._is_new_database):
            return None
        entry = self._known.setdefault(role, {"email": email, "password": secrets.token_urlsafe(9)})
        if user is None:
            return create_person(email=email, password=entry["password"], is_verified=True, **fields)
        set_password(user, new_password=entry["password"], now=self._now)
        return None

    def keep(self) -> None:
        """Write the file anew where something was added; only its owner may read it."""
        if self._known == self._before:
            return
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(json.dumps(self._known, indent=2) + "\n")
        fresh.replace(self._path)


def _settle(demo: User, *, now: datetime) -> int:
    act = Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=now)
    update_part(
        demo.profile,
        act=act,
        monthly_income=Decimal("4427.27"),
        household_adults=2,
        employment=Profile.Employment.EMPLOYED,
    )
    today = demo.today(now)
    rows = load_household(demo, household(today), act=act)
    refresh_recurring(demo, act=act, today=today)
    return rows + sum(app.demo(demo, act=act, today=today) for app in hooks.joined() if app.demo is not None)
