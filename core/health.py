"""Whether the parts this application stands on can be reached."""

from collections.abc import Callable

import structlog
from celery import current_app
from django.core.cache import cache
from django.db import connection

logger = structlog.get_logger(__name__)


def readiness() -> dict[str, str]:
    """Per dependency ``ok`` or ``down``; the reason goes to the log, not to strangers."""
    checks: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "broker": _broker}
    return {name: _outcome(name, check) for name, check in checks.items()}


def _outcome(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:
        logger.exception("dependency_down", dependency=name)
        return "down"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.set("health", "ok", timeout=10)
    if cache.get("health") != "ok":
        raise ConnectionError("The cache did not keep a value.")


def _broker() -> None:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=0, timeout=2)
