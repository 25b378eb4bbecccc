"""Staff's view of the ledger. Every page needs the permission to view its table."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import (
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)
from unfold.paginator import InfinitePaginator

from core.audit import Act
from core.domain.money import plain
from core.staff.base import ServiceModelAdmin
from core.staff.decorators import column
from core.staff.search import SearchMixin
from transactions.domain.kinds import TransactionKind
from transactions.models import Account, Category, Merchant, Split, Tag, Transaction
from transactions.selectors.accounts import accounts_with_balances
from transactions.services import accounts, categories, ledger, merchants

PERSON_HELP = "A person's e-mail address, a name, or an id"


@admin.register(Account)
class AccountAdmin(SearchMixin, ServiceModelAdmin):
    """Accounts with what they hold; figures and currency are the person's to change."""

    list_display = ("name", "user", "kind", "shown_balance", "shown_pending", "institution", "is_closed")
    list_filter = (("kind", ChoicesDropdownFilter), ("is_closed", BooleanRadioFilter))
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("name", "institution", "number")
    search_help_text = PERSON_HELP
    id_fields = ("pk", "user")
    fields = ("user", "name", "kind", "number", "institution", "is_closed", "currency", "opening_balance",
              "shown_balance", "shown_pending", "id", "created_at", "updated_at")  # fmt: skip
    readonly_fields = ("user", "currency", "opening_balance", "shown_balance", "shown_pending", "id", "created_at",
                       "updated_at")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return accounts_with_balances()

    @column(description="Balance")
    def shown_balance(self, account: Any) -> str:
        return f"{plain(account.balance, account.currency)} {account.currency}"

    @column(description="Pending")
    def shown_pending(self, account: Any) -> str:
        return f"{plain(account.pending, account.currency)} {account.currency}"

    def perform_update(self, row: Account, *, act: Act, **fields: Any) -> Account:
        return accounts.update_account(row, act=act, **fields)

    def perform_delete(self, row: Account, *, act: Act) -> None:
        accounts.delete_account(row, act=act)


@admin.register(Category)
class CategoryAdmin(SearchMixin, ServiceModelAdmin):
    list_display = ("label", "user", "group", "parent", "essential", "priority", "is_hidden")
    list_filter = (("group", ChoicesDropdownFilter), ("is_hidden", BooleanRadioFilter))
    list_select_related = ("user", "parent")
    ordering = ("-created_at", "-id")
    paginator = InfinitePaginator
    search_fields = ("name", "code")
    search_help_text = PERSON_HELP
    id_fields = ("pk", "user")
    fields = ("user", "code", "name", "group", "parent", "essential", "priority", "is_hidden", "id")
    readonly_fields = ("user", "code", "group", "parent", "id")

    def perform_update(self, row: Category, *, act: Act, **fields: Any) -> Category:
        return categories.update_category(row, act=act, **fields)

    def perform_delete(self, row: Category, *, act: Act) -> None:
        categories.delete_category(row, act=act)


@admin.register(Merchant)
class MerchantAdmin(SearchMixin, ServiceModelAdmin):
    list_display = ("name", "user", "key", "category")
    list_select_related = ("user", "category")
    ordering = ("-created_at", "-id")
    paginator = InfinitePaginator
    search_fields = ("name", "key")
    search_help_text = PERSON_HELP
    id_fields = ("pk", "user")
    fields = ("user", "key", "name", "category", "id")
    readonly_fields = ("user", "key", "id")

    def perform_update(self, row: Merchant, *, act: Act, **fields: Any) -> Merchant:
        return merchants.update_merchant(row, act=act, **fields)

    def perform_delete(self, row: Merchant, *, act: Act) -> None:
        merchants.delete_merchant(row, act=act)


@admin.register(Tag)
class TagAdmin(SearchMixin, ServiceModelAdmin):
    list_display = ("name", "user", "created_at")
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("name",)
    search_help_text = PERSON_HELP
    id_fields = ("pk", "user")
    fields = ("user", "name", "id")
    readonly_fields = ("user", "id")

    def perform_update(self, row: Tag, *, act: Act, **fields: Any) -> Tag:
        return merchants.update_tag(row, act=act, **fields)

    def perform_delete(self, row: Tag, *, act: Act) -> None:
        merchants.delete_tag(row, act=act)


class KindFilter(DropdownFilter):  # type: ignore[misc]
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.value, kind.value.capitalize()) for kind in TransactionKind]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class TrashFilter(DropdownFilter):  # type: ignore[misc]
    title = "trash"
    parameter_name = "trash"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "In the ledger"), ("yes", "In the trash")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(deleted_at__isnull=self.value() == "no") if self.value() else queryset


class SplitInline(TabularInline):  # type: ignore[misc]
    """The parts of a row, to be read."""

    model = Split
    fields = ("amount", "category", "notes")
    readonly_fields = fields
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("category")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Transaction)
class TransactionAdmin(SearchMixin, ServiceModelAdmin):
    """The rows of all ledgers, those recorded last first; that order, the ids' own, costs nothing to read.

    Staff correct what a row is about, not what it is worth. Deleting one puts it in the trash.
    """

    list_display = ("date", "shown_amount", "description", "merchant", "category", "user", "account", "shown_kind",
                    "shown_status", "source")  # fmt: skip
    list_filter = (
        ("date", RangeDateFilter),
        KindFilter,
        ("status", ChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        ("category__group", ChoicesDropdownFilter),
        TrashFilter,
    )
    list_select_related = ("user", "account", "merchant", "category")
    list_disable_select_all = True
    ordering = ("-id",)
    sortable_by = ()
    paginator = InfinitePaginator
    inlines = (SplitInline,)
    search_fields: ClassVar[tuple[str, ...]] = ("description",)
    search_help_text = (
        "A person's e-mail address, words of a description or merchant, "
        "or the id of a row, account, person or import"
    )
    id_fields = ("pk", "user", "account", "import_id")
    actions = ("trash", "restore")
    fieldsets = (
        (None, {"fields": ("user", "account", "date", "time", "shown_amount", "description", "status")}),
        ("What it is about", {"fields": ("category", "merchant", "tags", "notes")}),
        ("Why this category", {"fields": ("category_source", "category_confidence", "category_reason")}),
        ("Worth", {"fields": ("account_amount", "base_amount", "rate_date", "shown_kind", "transfer")}),
        ("Record", {"fields": ("id", "source", "external_id", "import_id", "deleted_at", "created_at", "updated_at")}),
    )  # fmt: skip
    readonly_fields = (
        "user", "account", "time", "shown_amount", "description", "merchant", "category_source",
        "category_confidence", "category_reason", "account_amount", "base_amount", "rate_date", "shown_kind",
        "transfer", "id", "source", "external_id", "import_id", "deleted_at", "created_at", "updated_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Transaction.objects.with_kind()

    def rows_with_words(
        self, request: HttpRequest, queryset: QuerySet[Any], words: str
    ) -> tuple[QuerySet[Any], bool]:
        # A set of merchants and not a join, so that reading in the order of ids stops at a full page.
        if not words:
            return queryset, False
        named = Merchant.objects.filter(name__icontains=words).values("pk")
        return queryset.filter(Q(description__icontains=words) | Q(merchant__in=named)), False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        in_trash = isinstance(obj, Transaction) and obj.deleted_at is not None
        return not in_trash and bool(super().has_change_permission(request, obj))

    @column(description="Amount")
    def shown_amount(self, row: Transaction) -> str:
        return f"{plain(row.amount, row.currency)} {row.currency}"

    @column(description="Kind")
    def shown_kind(self, row: Any) -> str:
        return str(row.kind)

    @column(description="Status", label={"posted": "success", "pending": "warning", "in the trash": "danger"})
    def shown_status(self, row: Transaction) -> str:
        return row.status if row.deleted_at is None else "in the trash"

    @admin.action(description="Move to the trash", permissions=["delete"])
    def trash(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act_on_each(
            request, queryset, ledger.trash_transaction, done="in the trash", permission="delete"
        )

    @admin.action(description="Restore from the trash", permissions=["delete"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.act_on_each(request, queryset, ledger.restore_transaction, done="restored", permission="delete")

    def perform_update(self, row: Transaction, *, act: Act, **fields: Any) -> Transaction:
        return ledger.update_transaction(row, act=act, **fields)

    def perform_delete(self, row: Transaction, *, act: Act) -> None:
        ledger.trash_transaction(row, act=act)
