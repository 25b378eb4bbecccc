"""Who takes part: alice owns, bob is the stranger, and a client without a token."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from config.celery import app
from tests.factories import PersonFactory
from users.models import User
from users.tokens import sign_in


@pytest.fixture(autouse=True)
def _own_world(settings: Any, tmp_path: Any) -> None:
    """Every test has its own files, an empty cache, and tasks that run where they are started."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.RATE_LIMITS = {"person": 100_000, "anonymous": 100_000, "auth": 100_000}
    # What is cached on commit would never be: the transaction around a test does not commit.
    settings.CACHE_IS_SHARED = False
    app.conf.task_always_eager = True
    app.conf.task_eager_propagates = True
    _empty_cache()


def _empty_cache() -> None:
    """Forget what this test process has cached, and nothing of its neighbours in the same Redis."""
    if hasattr(cache, "delete_pattern"):
        cache.key_prefix = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
        cache.delete_pattern("*")
    else:
        cache.clear()


@pytest.fixture
def alice(db: Any) -> User:
    return PersonFactory(email="alice@example.org", name="Alice")


@pytest.fixture
def bob(db: Any) -> User:
    return PersonFactory(email="bob@example.org", name="Bob")


@pytest.fixture
def api(db: Any) -> APIClient:
    """A client without a token."""
    return APIClient()


@pytest.fixture
def client_of() -> Callable[..., APIClient]:
    """Makes a client that carries a person's token, with all scopes or only those named."""

    def make(user: User, *, scopes: tuple[str, ...] | None = None) -> APIClient:
        from django.utils import timezone

        client = APIClient()
        pair = sign_in(user, scopes=scopes, now=timezone.now())
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.access}")
        return client

    return make


@pytest.fixture
def alice_api(alice: User, client_of: Callable[..., APIClient]) -> APIClient:
    return client_of(alice)


@pytest.fixture
def bob_api(bob: User, client_of: Callable[..., APIClient]) -> APIClient:
    return client_of(bob)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Runs what waits for the commit of the test's transaction: ``with commits(): ...``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What became of each real statement, where there are any to read."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    lines = [
        value
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "statement" and getattr(report, "when", "") == "call"
    ]
    if lines:
        terminalreporter.section("real statements")
        for line in [["file", "format", "rows", "rejected", "remarks", "verdict"], *sorted(lines)]:
            terminalreporter.write_line("{:<66}{:<8}{:>6}{:>10}{:>9}  {}".format(*line))
