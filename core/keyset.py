"""The complete order of a list, and the rows that come after one of them.

Rows are told apart by the values of all columns of the order, of which the last is unique, so that rows that come
or go elsewhere move nothing. Source: the seek method (Winand, "We need tool support for keyset pagination").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Expression, F, Model, Q, QuerySet

Row = TypeVar("Row")
NOTHING = Q(pk__in=())
EVERYTHING = Q()


@dataclass(frozen=True, slots=True)
class Term:
    """One column of an order. What has no value counts as the greatest, whichever the database."""

    name: str
    is_descending: bool = False
    is_nullable: bool = False

    def turned(self) -> "Term":
        """The same column the other way round."""
        return Term(self.name, not self.is_descending, self.is_nullable)

    def as_ordering(self) -> Expression | str:
        """What ``order_by`` takes."""
        if not self.is_nullable:
            return f"-{self.name}" if self.is_descending else self.name
        column = F(self.name)
        return column.desc(nulls_first=True) if self.is_descending else column.asc(nulls_last=True)

    def at(self, value: str | None) -> Q:
        """Rows that stand at the value."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: str | None) -> Q:
        """Rows that come after the value in this direction."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.is_descending else NOTHING
        return self._compared("lt" if self.is_descending else "gt", value)

    def from_on(self, value: str | None) -> Q:
        """Rows that stand at the value or come after it."""
        if value is None:
            return EVERYTHING if self.is_descending else self.at(None)
        return self._compared("lte" if self.is_descending else "gte", value)

    def _compared(self, lookup: str, value: str) -> Q:
        found = Q(**{f"{self.name}__{lookup}": value})
        without_value_after = self.is_nullable and not self.is_descending
        return found | self.at(None) if without_value_after else found


def order_of(queryset: QuerySet[Model, Row], ordering: Sequence[str]) -> tuple[Term, ...]:
    """The terms of an ordering such as ``("-date", "-id")``, whose last column is unique."""
    return tuple(
        Term(name.removeprefix("-"), name.startswith("-"), _is_nullable(queryset, name.removeprefix("-")))
        for name in ordering
    )


def rows_after(
    queryset: QuerySet[Model, Row], order: Sequence[Term], position: Sequence[str | None] | None
) -> QuerySet[Model, Row]:
    """The rows in this order that come after a position; all of them where there is none."""
    rows = queryset.order_by(*(term.as_ordering() for term in order))
    return rows if position is None else rows.filter(_after(order, position))


def position_of(row: object, order: Sequence[Term]) -> list[str | None]:
    """Where a row, an object or a mapping of columns, stands in the order."""
    values = [row[term.name] if isinstance(row, Mapping) else getattr(row, term.name) for term in order]
    return [None if value is None else str(value) for value in values]


def _after(order: Sequence[Term], position: Sequence[str | None]) -> Q:
    term, value = order[0], position[0]
    if len(order) == 1:
        return term.beyond(value)
    # The first bound says nothing that the second does not, but an index can be read from there.
    return term.from_on(value) & (term.beyond(value) | term.at(value) & _after(order[1:], position[1:]))


def _is_nullable(queryset: QuerySet[Model, Row], name: str) -> bool:
    try:
        return bool(queryset.model._meta.get_field(name).null)  # noqa: SLF001  (Django's documented model API)
    except FieldDoesNotExist:
        return True
