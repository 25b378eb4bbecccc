"""Inserting very many rows at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of column values (``attname`` order of ``columns``) without building model instances.

    PostgreSQL takes them by COPY, others by one prepared statement. Nothing is validated beyond the
    database's own constraints, and no default is filled in: name every column that has no database default.
    """
    by_attname = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    fields = [by_attname[name] for name in columns]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        prepared = [
            tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True))
            for row in rows
        ]
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", prepared)  # noqa: S608
