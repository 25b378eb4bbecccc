"""Rows made once by a test process and copied into the tests that ask for them.

The copies are kept in tables of the test database that Django knows nothing of: to copy them is one statement a
table, and what empties the database between tests that commit leaves them alone.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, Field, Model
from pytest_django import DjangoDbBlocker


def own_models() -> list[type[Model]]:
    """Every table of ours, those between two others included."""
    own = [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
    return [model for config in own for model in config.get_models(include_auto_created=True)]


@contextmanager
def rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction for longer than one test: each test inside it is a savepoint, and nothing is left of it."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class Planted:
    """What ``make`` adds to an empty database, to be copied into it as often as is wished.

    Where ``is_dated`` the copies are of the moment of copying; otherwise they keep the moments they were made at.
    """

    def __init__(self, name: str, make: Callable[[], object], *, is_dated: bool) -> None:
        self._name = name
        self._statements: list[tuple[str, int]] = []
        with transaction.atomic(durable=True):
            make()
            # Who would act on these rows once they are committed would act on nothing.
            connection.run_on_commit.clear()
            filled = [model for model in own_models() if model._base_manager.exists()]
            self._keep(filled, is_dated=is_dated)

    def copy(self, *, now: dt.datetime) -> None:
        """Add the rows; those that are there already stay as they are."""
        moment = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            for statement, moments in self._statements:
                cursor.execute(statement, [moment] * moments)

    def _keep(self, models: list[type[Model]], *, is_dated: bool) -> None:
        with connection.cursor() as cursor:
            for model in models:
                table, kept = model._meta.db_table, f"planted_{self._name}_{model._meta.db_table}"
                cursor.execute(f'DROP TABLE IF EXISTS "{kept}"')
                cursor.execute(f'CREATE TABLE "{kept}" AS SELECT * FROM "{table}"')
                self._statements.append(_copying(model, kept, is_dated=is_dated))
            for model in reversed(models):
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def _copying(model: type[Model], kept: str, *, is_dated: bool) -> tuple[str, int]:
    """The statement that copies a table's rows, and how many moments it asks for."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    dated = [field for field in fields if is_dated and _is_a_beginning(field)]
    into = ", ".join(f'"{field.column}"' for field in fields)
    what = ", ".join("%s" if field in dated else f'"{field.column}"' for field in fields)
    # The condition tells SQLite that ON CONFLICT does not begin the condition of a join.
    text = f'INSERT INTO "{model._meta.db_table}" ({into}) SELECT {what} FROM "{kept}" WHERE true'
    return f"{text} ON CONFLICT DO NOTHING", len(dated)


def _is_a_beginning(field: Field) -> bool:
    return isinstance(field, DateTimeField) and field.name in {"created_at", "updated_at"}
