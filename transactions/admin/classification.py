"""What rows are about: categories, merchants, tags."""

from typing import Unpack

from django.contrib import admin
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter
from unfold.paginator import InfinitePaginator

from core.audit import Act
from core.staff.base import ServiceModelAdmin
from core.staff.search import SearchMixin
from transactions.models import Category, Merchant, Tag
from transactions.services import categories, merchants

PERSON_HELP = "A person's e-mail address, a name, or an id"


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

    def perform_update(
        self, row: Category, *, act: Act, **fields: Unpack[categories.CategoryFields]
    ) -> Category:
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

    def perform_update(
        self, row: Merchant, *, act: Act, **fields: Unpack[merchants.MerchantFields]
    ) -> Merchant:
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

    def perform_update(self, row: Tag, *, act: Act, **fields: Unpack[merchants.TagFields]) -> Tag:
        return merchants.update_tag(row, act=act, **fields)

    def perform_delete(self, row: Tag, *, act: Act) -> None:
        merchants.delete_tag(row, act=act)
