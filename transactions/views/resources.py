"""Accounts, categories, merchants, tags and transfers."""

from datetime import timedelta
from typing import ClassVar, Unpack

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.feeds import ChangesMixin, changes_schema
from core.hooks import Scope
from core.views import (
    CreateMixin,
    DestroyMixin,
    ListMixin,
    OwnedModelViewSet,
    OwnedViewSet,
    RetrieveMixin,
)
from transactions import filters
from transactions.models import Account, Category, Merchant, Tag, Transaction, Transfer
from transactions.scopes import READ_TRANSACTIONS, WRITE_TRANSACTIONS
from transactions.selectors.accounts import accounts_with_balances
from transactions.selectors.legs import suggested_transfers
from transactions.serializers import resources
from transactions.services import accounts, categories, merchants, transfers

SUGGESTED = timedelta(days=366)


class LedgerScopes:
    read_scope: ClassVar[Scope | None] = READ_TRANSACTIONS
    write_scope: ClassVar[Scope | None] = WRITE_TRANSACTIONS


@extend_schema_view(changes=changes_schema(resources.AccountSerializer))
class AccountViewSet(ChangesMixin, LedgerScopes, OwnedModelViewSet):
    """Accounts; balances are derived from their rows."""

    queryset = accounts_with_balances()
    serializer_class = resources.AccountSerializer
    filterset_class = filters.AccountFilter
    ordering = ("name",)
    ordering_fields = ("name", "created_at")

    def perform_create(self, **fields: Unpack[accounts.AccountFields]) -> Account:
        return accounts.open_account(self.person, act=self.act(), **fields)

    def perform_update(self, row: Account, **fields: Unpack[accounts.AccountFields]) -> Account:
        return accounts.update_account(row, act=self.act(), **fields)

    def perform_destroy(self, row: Account) -> None:
        accounts.delete_account(row, act=self.act())


@extend_schema_view(changes=changes_schema(resources.CategorySerializer))
class CategoryViewSet(ChangesMixin, LedgerScopes, OwnedModelViewSet):
    """The category tree: shipped ones, renamed or hidden at will, and your own."""

    queryset = Category.objects.all()
    serializer_class = resources.CategorySerializer
    filterset_class = filters.CategoryFilter
    ordering = ("position",)
    ordering_fields = ("position", "created_at")

    def perform_create(self, **fields: Unpack[categories.CategoryFields]) -> Category:
        return categories.create_category(self.person, act=self.act(), **fields)

    def perform_update(self, row: Category, **fields: Unpack[categories.CategoryFields]) -> Category:
        return categories.update_category(row, act=self.act(), **fields)

    def perform_destroy(self, row: Category) -> None:
        categories.delete_category(row, act=self.act())


@extend_schema_view(changes=changes_schema(resources.MerchantSerializer))
class MerchantViewSet(ChangesMixin, LedgerScopes, OwnedModelViewSet):
    """Merchants, and the categories you taught for them."""

    queryset = Merchant.objects.all()
    serializer_class = resources.MerchantSerializer
    filterset_class = filters.MerchantFilter
    ordering = ("name",)
    ordering_fields = ("name", "created_at")

    def perform_create(self, *, name: str, category: Category | None = None) -> Merchant:
        return merchants.create_merchant(self.person, act=self.act(), name=name, category=category)

    def perform_update(self, row: Merchant, **fields: Unpack[merchants.MerchantFields]) -> Merchant:
        return merchants.update_merchant(row, act=self.act(), **fields)

    def perform_destroy(self, row: Merchant) -> None:
        merchants.delete_merchant(row, act=self.act())


@extend_schema_view(changes=changes_schema(resources.TagSerializer))
class TagViewSet(ChangesMixin, LedgerScopes, OwnedModelViewSet):
    """Your own words for rows."""

    queryset = Tag.objects.all()
    serializer_class = resources.TagSerializer
    ordering = ("name",)
    ordering_fields = ("name", "created_at")

    def perform_create(self, *, name: str) -> Tag:
        return merchants.create_tag(self.person, act=self.act(), name=name)

    def perform_update(self, row: Tag, **fields: Unpack[merchants.TagFields]) -> Tag:
        return merchants.update_tag(row, act=self.act(), **fields)

    def perform_destroy(self, row: Tag) -> None:
        merchants.delete_tag(row, act=self.act())


class TransferViewSet(LedgerScopes, CreateMixin, RetrieveMixin, DestroyMixin, ListMixin, OwnedViewSet):
    """Pairs of rows that move money between your own accounts."""

    queryset = Transfer.objects.prefetch_related("transactions")
    serializer_class = resources.TransferSerializer

    def perform_create(self, *, outflow: Transaction, inflow: Transaction) -> Transfer:
        return transfers.link_transfer(self.person, act=self.act(), outflow=outflow, inflow=inflow)

    def perform_destroy(self, row: Transfer) -> None:
        transfers.unlink_transfer(row, act=self.act())

    @extend_schema(responses=resources.SuggestedTransferSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def suggestions(self, request: Request) -> Response:
        """Rows of the last year that look like two halves of a transfer, the likeliest first."""
        found = suggested_transfers(self.person, first=self.today() - SUGGESTED)
        return Response(resources.SuggestedTransferSerializer(found, many=True).data)
