"""Finding rows by what staff are told: an id, somebody's e-mail address, or words."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from core.models import RowT

MOST_PEOPLE = 100


class SearchMixin(ModelAdmin):
    """Search that reads an index for ids and addresses, and scans only for words.

    ``id_fields`` are compared with a UUID, ``person_fields`` are foreign keys to the people whose address
    holds a term with an ``@``; any other term is left to ``search_fields``.
    """

    id_fields: ClassVar[tuple[str, ...]] = ("pk",)
    person_fields: ClassVar[tuple[str, ...]] = ("user",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RowT], search_term: str
    ) -> tuple[QuerySet[RowT], bool]:
        term = search_term.strip()
        asked_id = as_uuid(term)
        if asked_id is not None:
            return queryset.filter(_any_of(self.id_fields, asked_id)), False
        if "@" in term:
            return self._of_people(queryset, term), False
        return self.rows_with_words(request, queryset, term)

    def rows_with_words(
        self, request: HttpRequest, queryset: QuerySet[RowT], words: str
    ) -> tuple[QuerySet[RowT], bool]:
        """Rows that hold each word in one of ``search_fields``, and whether a row may come twice."""
        found: tuple[QuerySet[RowT], bool] = super().get_search_results(request, queryset, words)
        return found

    def _of_people(self, queryset: QuerySet[RowT], term: str) -> QuerySet[RowT]:
        people = get_user_model()._default_manager.filter(email__icontains=term)  # noqa: SLF001
        ids = list(people.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
        return queryset.filter(_any_of([f"{name}__in" for name in self.person_fields], ids))


def as_uuid(term: str) -> UUID | None:
    """The id that a term is, or None."""
    try:
        return UUID(term)
    except ValueError:
        return None


def _any_of(lookups: Iterable[str], value: object) -> Q:
    chosen = Q()
    for lookup in lookups:
        chosen |= Q(**{lookup: value})
    return chosen
