"""Inserting very many rows at once."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from django.db import connection, models

Row = Mapping[str, object]
"""A value for each column, which goes by its field's ``attname`` (``user_id``)."""


def insert_rows(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Write rows of one table without building model instances; all of them name the same columns.

    PostgreSQL takes them by COPY, others by one prepared statement. Nothing is validated beyond the
    database's own constraints, and no default is filled in: name every column that has no database default.

    :raises ValueError: where a row names other columns than the first.
    """
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    by_attname = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    fields = [by_attname[name] for name in first]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001
    names = ", ".join(quote(str(field.column)) for field in fields)
    values = _values(chain([first], coming), tuple(first))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        prepared = [
            tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True))
            for row in values
        ]
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", prepared)  # noqa: S608


def _values(rows: Iterable[Row], names: tuple[str, ...]) -> Iterator[list[object]]:
    expected = set(names)
    for row in rows:
        if row.keys() != expected:
            raise ValueError(f"Expected {', '.join(names)}; got {', '.join(row)}.")
        yield [row[name] for name in names]
