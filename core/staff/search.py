"""Finding rows by what staff are told: an id, somebody's e-mail address, or words."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest

MOST_PEOPLE = 100


class SearchMixin:
    """Search that reads an index for ids and addresses, and scans only for words.

    ``id_fields`` are compared with a UUID, ``person_fields`` are foreign keys to the people whose address
    holds a term with an ``@``; any other term is left to ``search_fields``.
    """

    id_fields: ClassVar[tuple[str, ...]] = ("pk",)
    person_fields: ClassVar[tuple[str, ...]] = ("user",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        asked_id = as_uuid(term)
        if asked_id is not None:
            return queryset.filter(_any_of(self.id_fields, asked_id)), False
        if "@" in term:
            return self._of_people(queryset, term), False
        return self.rows_with_words(request, queryset, term)

    def rows_with_words(
        self, request: HttpRequest, queryset: QuerySet[Any], words: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows that hold each word in one of ``search_fields``, and whether a row may come twice."""
        found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, words)  # type: ignore[misc]
        return found

    def _of_people(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        people = get_user_model()._default_manager.filter(email__icontains=term)  # noqa: SLF001
        ids = list(people.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
        return queryset.filter(_any_of([f"{name}__in" for name in self.person_fields], ids))


def as_uuid(term: str) -> UUID | None:
    """The id that a term is, or None."""
    try:
        return UUID(term)
    except ValueError:
        return None


def _any_of(lookups: Any, value: Any) -> Q:
    chosen = Q()
    for lookup in lookups:
        chosen |= Q(**{lookup: value})
    return chosen
