"""The rows of the ledger, their parts, and what tells of them."""

from typing import TYPE_CHECKING, ClassVar, TypedDict, Unpack

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import (
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)
from unfold.paginator import InfinitePaginator

from core.audit import Act
from core.models import RowT
from core.staff.base import ServiceModelAdmin
from core.staff.decorators import column
from core.staff.display import amount
from core.staff.index import may_view
from core.staff.inlines import ReadInline
from core.staff.search import SearchMixin
from transactions.admin.evidence import SightingInline, kept_apart, said
from transactions.domain.kinds import TransactionKind
from transactions.models import KeptApart, Merchant, Split, Transaction, Verdict
from transactions.services import ledger

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Kind(TypedDict):
        kind: str

    KnownRow = WithAnnotations[Transaction, Kind]

COLOURS = {"posted": "success", "pending": "warning", "in the trash": "danger", "merged": "info"}


class KindFilter(DropdownFilter):  # type: ignore[misc]
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(kind.value, kind.value.capitalize()) for kind in TransactionKind]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Transaction]) -> QuerySet[Transaction]:
        return queryset.filter(Q(kind=self.value())) if self.value() else queryset


class TrashFilter(DropdownFilter):  # type: ignore[misc]
    title = "trash"
    parameter_name = "trash"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("no", "In the ledger"), ("yes", "In the trash")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Transaction]) -> QuerySet[Transaction]:
        return queryset.filter(deleted_at__isnull=self.value() == "no") if self.value() else queryset


class SplitInline(ReadInline):
    model = Split
    fields = ("amount", "category", "notes")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Split]:
        parts: QuerySet[Split] = super().get_queryset(request).select_related("category")
        return parts


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
        ("is_ignored", BooleanRadioFilter),
        TrashFilter,
    )
    list_select_related = ("user", "account", "merchant", "category")
    list_disable_select_all = True
    ordering = ("-id",)
    sortable_by = ()
    paginator = InfinitePaginator
    inlines = (SplitInline, SightingInline)
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
        ("Worth", {"fields": ("account_amount", "base_amount", "rate_on", "shown_kind", "transfer", "refund_of",
                              "is_ignored")}),
        ("Record", {"fields": ("id", "source", "external_id", "import_id", "merged_into", "deleted_at", "created_at",
                               "updated_at")}),
    )  # fmt: skip
    readonly_fields = (
        "user", "account", "time", "shown_amount", "description", "merchant", "category_source",
        "category_confidence", "category_reason", "account_amount", "base_amount", "rate_on", "shown_kind",
        "transfer", "refund_of", "is_ignored", "shown_verdicts", "shown_apart", "id", "source", "external_id",
        "import_id", "merged_into", "deleted_at", "created_at", "updated_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> "QuerySet[KnownRow]":
        return Transaction.objects.with_kind()

    def get_fieldsets(self, request: HttpRequest, obj: Transaction | None = None) -> tuple[object, ...]:
        words = {Verdict: "shown_verdicts", KeptApart: "shown_apart"}
        shown = tuple(name for model, name in words.items() if may_view(request.user, model))
        said_by_person = (("Said by the person", {"fields": shown}),) if shown else ()
        return (*self.fieldsets, *said_by_person)

    def rows_with_words(
        self, request: HttpRequest, queryset: QuerySet[RowT], words: str
    ) -> tuple[QuerySet[RowT], bool]:
        # A set of merchants and not a join, so that reading in the order of ids stops at a full page.
        if not words:
            return queryset, False
        named = Merchant.objects.filter(name__icontains=words).values("pk")
        return queryset.filter(Q(description__icontains=words) | Q(merchant__in=named)), False

    def has_change_permission(self, request: HttpRequest, obj: Transaction | None = None) -> bool:
        in_trash = obj is not None and obj.deleted_at is not None
        return not in_trash and bool(super().has_change_permission(request, obj))

    @column(description="Amount")
    def shown_amount(self, row: Transaction) -> str:
        return amount(row.amount, row.currency)

    @column(description="Kind")
    def shown_kind(self, row: "KnownRow") -> str:
        return str(row.kind)

    @column(description="Status", label=COLOURS)
    def shown_status(self, row: Transaction) -> str:
        if row.merged_into_id is not None:
            return "merged"
        return row.status if row.deleted_at is None else "in the trash"

    @column(description="Its sightings")
    def shown_verdicts(self, row: Transaction) -> SafeString:
        return said(row)

    @column(description="No transfer, no refund")
    def shown_apart(self, row: Transaction) -> SafeString:
        return kept_apart(row)

    @admin.action(description="Move to the trash", permissions=["delete"])
    def trash(self, request: HttpRequest, queryset: QuerySet[Transaction]) -> None:
        self.act_on_each(
            request, queryset, ledger.trash_transaction, done="in the trash", permission="delete"
        )

    @admin.action(description="Restore from the trash", permissions=["delete"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Transaction]) -> None:
        self.act_on_each(request, queryset, ledger.restore_transaction, done="restored", permission="delete")

    def perform_update(
        self, row: Transaction, *, act: Act, **fields: Unpack[ledger.RowChanges]
    ) -> Transaction:
        return ledger.update_transaction(row, act=act, **fields)

    def perform_delete(self, row: Transaction, *, act: Act) -> None:
        ledger.trash_transaction(row, act=act)
