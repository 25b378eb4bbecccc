"""Who takes part: alice owns, bob is the stranger, and a client without a token."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from config.celery import app
from tests.answers import CheckedClient
from tests.factories import PersonFactory
from tests.household import SEEN_AT, Household
from tests.planting import Planted, rolled_back
from tests.scheduling import Scheduling, long_ones_first, uses_stores
from users.models import User
from users.tokens import sign_in

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Before the time of every test, so that whatever a test makes comes after it by its id too.
LONG_AGO = "2015-01-01T12:00:00Z"


@pytest.fixture(autouse=True)
def _own_world(settings: Any, tmp_path: Any) -> None:
    """Every test has its own files, an empty cache, and tasks that run where they are started."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = HASHERS
    settings.RATE_LIMITS = {"person": 100_000, "anonymous": 100_000, "auth": 100_000}
    # What is cached on commit would never be: the transaction around a test does not commit.
    settings.CACHE_IS_SHARED = False
    # Static files are looked up when they are asked for: to list them all takes each new client longer than a request.
    settings.WHITENOISE_AUTOREFRESH = True
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


@pytest.fixture(scope="session")
def planted_people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Planted]:
    """Alice and bob as registration makes them, to be copied into a test's database."""

    def registered(name: str) -> Planted:
        email = f"{name.lower()}@example.org"
        return Planted(name.lower(), lambda: PersonFactory(email=email, name=name), is_dated=True)

    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=HASHERS),
        time_machine.travel(LONG_AGO, tick=False),
    ):
        return {name.lower(): registered(name) for name in ("Alice", "Bob")}


@pytest.fixture
def registered(planted_people: dict[str, Planted], db: Any) -> Callable[[str], User]:
    """Registers alice or bob, at the moment of the call."""

    def register(name: str) -> User:
        planted_people[name].copy(now=timezone.now())
        return User.objects.get(email=f"{name}@example.org")

    return register


@pytest.fixture
def alice(registered: Callable[[str], User]) -> User:
    return registered("alice")


@pytest.fixture
def bob(registered: Callable[[str], User]) -> User:
    return registered("bob")


@pytest.fixture(scope="session")
def planted_household(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Household:
    """The demo household, loaded once."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), override_settings(DATA_DIR=folder, PASSWORD_HASHERS=HASHERS):
        return Household(folder)


@pytest.fixture(scope="module")
def household(planted_household: Household, django_db_blocker: DjangoDbBlocker) -> Iterator[Household]:
    """The demo household in the database, for all tests of a module, on the day of its loading."""
    with time_machine.travel(SEEN_AT, tick=False), rolled_back(django_db_blocker):
        planted_household.planted.copy(now=timezone.now())
        yield planted_household


@pytest.fixture(scope="module")
def rows_of_both(
    planted_people: dict[str, Planted],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Any]]:
    """A row of every kind of alice's and of bob's, made once a module."""
    from tests.test_routes import rows_of

    folder = tmp_path_factory.mktemp("files")
    with rolled_back(django_db_blocker), override_settings(MEDIA_ROOT=folder):
        for person in planted_people.values():
            person.copy(now=timezone.now())
        yield {user.email: rows_of(user) for user in User.objects.all()}


@pytest.fixture
def files_of_both(rows_of_both: dict[str, Any], _own_world: None) -> None:
    """What the statements of both have in the files of the test."""
    from ingest.models import StatementImport

    for rows in rows_of_both.values():
        statement = rows[StatementImport].file
        statement.storage.save(statement.name, ContentFile(b"Date"))


@pytest.fixture
def hers(rows_of_both: dict[str, Any], files_of_both: None, alice: User) -> dict[type[Model], Any]:
    """A row of every kind of alice's."""
    return rows_of_both[alice.email]


@pytest.fixture
def his(rows_of_both: dict[str, Any], files_of_both: None, bob: User) -> dict[type[Model], Any]:
    """A row of every kind of bob's."""
    return rows_of_both[bob.email]


@pytest.fixture
def api(db: Any) -> APIClient:
    """A client without a token."""
    return CheckedClient()


@pytest.fixture
def client_of() -> Callable[..., APIClient]:
    """Makes a client that carries a person's token, with all scopes or only those named."""

    def make(user: User, *, scopes: tuple[str, ...] | None = None) -> APIClient:
        client = CheckedClient()
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


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """``-m stores`` chooses what meets the database; the order is for short days."""
    for item in items:
        if uses_stores(item):
            item.add_marker(pytest.mark.stores)
    yield
    long_ones_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    return Scheduling(config, log) if config.option.dist == "loadscope" else None


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
