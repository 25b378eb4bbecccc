"""How the ledger can be narrowed down."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from core.filters import (
    AmountFilter,
    ContractFilterSet,
    CurrencyFilter,
    DayFilter,
    OwnedIdFilter,
    OwnedIdsFilter,
    TrueOrFalseFilter,
)
from transactions.domain.category_tree import SHIPPED_CATEGORIES
from transactions.domain.kinds import TransactionKind
from transactions.models import (
    Account,
    Category,
    Merchant,
    Reconciliation,
    RecurringSeries,
    Sighting,
    Transaction,
)
from transactions.selectors.names import merchants_called
from transactions.selectors.sightings import ids_on_any_account

if TYPE_CHECKING:
    from transactions.models.ledger import TransactionQuerySet

CODES = frozenset(shipped.code for shipped in SHIPPED_CATEGORIES)


class ShippedCategoryField(forms.CharField):
    """The code of a shipped category."""

    def clean(self, value: object) -> str:
        code = str(super().clean(value))
        if code and code not in CODES:
            raise ValidationError(
                "No shipped category has this code; /categories has them.", code="unknown_code"
            )
        return code


class ShippedCategoryFilter(django_filters.CharFilter):  # type: ignore[misc]
    """A filter by a shipped category that there is."""

    field_class = ShippedCategoryField


class TransactionFilter(ContractFilterSet):
    """Filters of the transaction list, its summary and its export; all given ones must hold."""

    date_from = DayFilter("date", "gte", help_text="First day, YYYY-MM-DD.")
    date_to = DayFilter("date", "lte", help_text="Last day, itself included.")
    account = OwnedIdsFilter(field_name="account", lookup_expr="in")
    category = OwnedIdsFilter(
        method="in_categories", help_text="A category's id stands for its children too."
    )
    category_code = ShippedCategoryFilter(
        method="in_shipped_category", max_length=40, help_text="A shipped category, such as `uncategorised`."
    )
    category_source = django_filters.ChoiceFilter(choices=Transaction.CategorySource.choices)
    merchant = OwnedIdsFilter(field_name="merchant", lookup_expr="in")
    tag = OwnedIdsFilter("tags", method="with_tags")
    import_id = django_filters.UUIDFilter("import_id")
    kind = django_filters.ChoiceFilter(
        choices=[(kind.value, kind.value) for kind in TransactionKind], method="of_kind"
    )
    status = django_filters.ChoiceFilter(choices=Transaction.Status.choices)
    source = django_filters.ChoiceFilter(choices=Transaction.Source.choices)
    currency = CurrencyFilter(help_text="Of what was paid.")
    external_id = django_filters.CharFilter(
        method="with_external_id", max_length=128, help_text="Your own id."
    )
    is_ignored = TrueOrFalseFilter()
    recurring = OwnedIdFilter("recurring_series", help_text="Rows of a recurring series.")
    amount_min = AmountFilter("amount", "gte")
    amount_max = AmountFilter("amount", "lte")
    text = django_filters.CharFilter(
        method="containing", max_length=100, help_text="In description, merchant or notes."
    )

    class Meta:
        model = Transaction
        fields = ()

    def in_categories(
        self, queryset: QuerySet[Transaction], name: str, ids: list[UUID]
    ) -> QuerySet[Transaction]:
        return _themselves_or_in_part(queryset, _of_categories(ids), _of_categories(ids, path="splits__"))

    def in_shipped_category(
        self, queryset: QuerySet[Transaction], name: str, code: str
    ) -> QuerySet[Transaction]:
        return _themselves_or_in_part(queryset, Q(category__code=code), Q(splits__category__code=code))

    def with_external_id(
        self, queryset: QuerySet[Transaction], name: str, external_id: str
    ) -> QuerySet[Transaction]:
        # The index that keeps them unique goes by account and source first.
        sources = Transaction.Source.values
        return queryset.filter(account__user=self.request.user, source__in=sources, external_id=external_id)

    def of_kind(self, queryset: QuerySet[Transaction], name: str, kind: str) -> QuerySet[Transaction]:
        return cast("TransactionQuerySet", queryset).with_kind().filter(Q(kind=kind))

    def with_tags(self, queryset: QuerySet[Transaction], name: str, ids: list[UUID]) -> QuerySet[Transaction]:
        return queryset.filter(pk__in=queryset.filter(tags__in=ids).order_by().values("pk"))

    def containing(self, queryset: QuerySet[Transaction], name: str, text: str) -> QuerySet[Transaction]:
        found = Q(description__icontains=text) | Q(notes__icontains=text) | Q(merchant__name__icontains=text)
        named = merchants_called(text, locale=self.request.user.locale)
        return queryset.filter(found | Q(merchant__name__in=named) if named else found)


def counted_categories(parameters: Mapping[str, str]) -> Q:
    """What the valid parameters ``category`` and ``category_code`` ask of a row or of a part of one.

    A row is listed where any part of it fits; in a sum only the parts that fit may count.
    """
    ids, code = parameters.get("category"), parameters.get("category_code")
    chosen = _of_categories(ids.split(",")) if ids else Q()
    return chosen & Q(category__code=code) if code else chosen


def _of_categories(ids: Sequence[UUID | str], *, path: str = "") -> Q:
    return Q(**{f"{path}category__in": ids}) | Q(**{f"{path}category__parent__in": ids})


def _themselves_or_in_part(queryset: QuerySet[Transaction], itself: Q, part: Q) -> QuerySet[Transaction]:
    return queryset.filter(itself | Q(pk__in=queryset.filter(part).order_by().values("pk")))


class CategoryFilter(ContractFilterSet):
    code = ShippedCategoryFilter()

    class Meta:
        model = Category
        fields = ("group", "parent", "code", "is_hidden")


class AccountFilter(ContractFilterSet):
    currency = CurrencyFilter()

    class Meta:
        model = Account
        fields = ("kind", "currency", "is_closed")


class MerchantFilter(ContractFilterSet):
    text = django_filters.CharFilter(method="called", max_length=100)

    class Meta:
        model = Merchant
        fields = ()

    def called(self, queryset: QuerySet[Merchant], name: str, text: str) -> QuerySet[Merchant]:
        named = merchants_called(text, locale=self.request.user.locale)
        return queryset.filter(Q(name__icontains=text) | Q(name__in=named))


class ReconciliationFilter(ContractFilterSet):
    class Meta:
        model = Reconciliation
        fields = ("account",)


class RecurringSeriesFilter(ContractFilterSet):
    currency = CurrencyFilter()

    class Meta:
        model = RecurringSeries
        fields = ("status", "kind", "period", "is_ended", "merchant", "currency")


class SightingFilter(ContractFilterSet):
    external_id = django_filters.CharFilter(
        method="known_as", max_length=128, help_text="How the source knows it."
    )

    class Meta:
        model = Sighting
        fields = ("transaction", "account", "source", "link", "import_id")

    def known_as(self, queryset: QuerySet[Sighting], name: str, external_id: str) -> QuerySet[Sighting]:
        return queryset.filter(external_id__in=ids_on_any_account(self.request.user, external_id))
