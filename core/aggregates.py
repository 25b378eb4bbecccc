"""Sums of money inside the database, to the last digit on every kind of it."""

from decimal import Decimal
from typing import Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DecimalField, Field, Q, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Round
from django.db.models.sql.compiler import SQLCompiler

from core.domain.money import DECIMAL_PLACES, MAX_DIGITS

AMOUNT: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)

_UNITS = "CAST(ROUND((%(expressions)s) * 10000) AS INTEGER)"


class MoneySum(Sum):
    """The exact sum of an amount column (four decimal places); of no rows, nothing or ``default``.

    SQLite keeps decimals as binary floating point, and ten times 0.10 is not 1.00 there. The ten-thousandths are
    summed as integers instead, whole units apart so that they have room, and one division brings both together:
    the fifteen digits that SQLite gives back are the right ones.
    """

    def __init__(
        self,
        expression: str | Combinable,
        *,
        filter: Q | None = None,  # noqa: A002  (the name that Django's own aggregates have)
        default: Decimal | int | None = None,
        output_field: "Field[Decimal, Decimal]" = AMOUNT,
        distinct: bool = False,
    ) -> None:
        super().__init__(
            expression, filter=filter, default=default, output_field=output_field, distinct=distinct
        )

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: object
    ) -> tuple[str, tuple[str | int, ...]]:
        whole, given = self._sum(f"{_UNITS} / 10000").as_sql(compiler, connection, **context)
        parts, again = self._sum(f"{_UNITS} %%%% 10000").as_sql(compiler, connection, **context)
        return f"(CAST(({whole} * 10000 + {parts}) / 10000.0 AS NUMERIC))", (*given, *again)

    def _sum(self, summed: str) -> Self:
        clone = self.copy()
        clone.template = f"SUM({summed})"
        return clone


def exact(amount: Combinable) -> Round:
    """What a calculation with amounts comes to, to the fourth decimal place.

    Where two binary numbers nearly cancel, SQLite's difference shows the digits that neither of them had.
    """
    return Round(amount, precision=DECIMAL_PLACES, output_field=AMOUNT)
