"""Accounts with what they hold."""

from typing import TYPE_CHECKING, Unpack

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter

from core.audit import Act
from core.staff.base import ServiceModelAdmin
from core.staff.decorators import column
from core.staff.display import amount
from core.staff.search import SearchMixin
from transactions.models import Account
from transactions.selectors.accounts import accounts_with_balances
from transactions.services import accounts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from transactions.selectors.accounts import AccountWithBalances


@admin.register(Account)
class AccountAdmin(SearchMixin, ServiceModelAdmin):
    """Accounts with what they hold; figures and currency are the person's to change."""

    list_display = ("name", "user", "kind", "shown_balance", "shown_pending", "institution", "is_closed")
    list_filter = (("kind", ChoicesDropdownFilter), ("is_closed", BooleanRadioFilter))
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("name", "institution", "number")
    search_help_text = "A person's e-mail address, a name, or an id"
    id_fields = ("pk", "user")
    fields = ("user", "name", "kind", "number", "institution", "is_closed", "currency", "opening_balance",
              "shown_balance", "shown_pending", "id", "created_at", "updated_at")  # fmt: skip
    readonly_fields = ("user", "currency", "opening_balance", "shown_balance", "shown_pending", "id", "created_at",
                       "updated_at")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> "QuerySet[AccountWithBalances]":
        return accounts_with_balances()

    @column(description="Balance")
    def shown_balance(self, account: "AccountWithBalances") -> str:
        return amount(account.balance, account.currency)

    @column(description="Pending")
    def shown_pending(self, account: "AccountWithBalances") -> str:
        return amount(account.pending, account.currency)

    def perform_update(self, row: Account, *, act: Act, **fields: Unpack[accounts.AccountFields]) -> Account:
        return accounts.update_account(row, act=act, **fields)

    def perform_delete(self, row: Account, *, act: Act) -> None:
        accounts.delete_account(row, act=act)
