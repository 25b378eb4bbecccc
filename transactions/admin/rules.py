"""What people want done with rows of a kind."""

from decimal import Decimal

from django.contrib import admin
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.search import SearchMixin
from transactions.models import Rule


@admin.register(Rule)
class RuleAdmin(SearchMixin, ReadOnlyModelAdmin):
    """Rules as the person has them; a size is without a sign, in the currency of the row."""

    list_display = ("name", "user", "position", "is_active", "text", "pattern", "merchant", "set_category",
                    "is_transfer", "is_ignored")  # fmt: skip
    list_filter = (
        ("is_active", BooleanRadioFilter),
        ("direction", ChoicesDropdownFilter),
        ("is_transfer", BooleanRadioFilter),
        ("is_ignored", BooleanRadioFilter),
    )
    list_select_related = ("user", "merchant", "set_category")
    ordering = ("-created_at", "-id")
    search_fields = ("name", "text", "pattern")
    search_help_text = (
        "A person's e-mail address, a name, a condition, or the id of a rule, person, merchant or account"
    )
    id_fields = ("pk", "user", "merchant", "account")
    fieldsets = (
        (None, {"fields": ("user", "name", "position", "is_active")}),
        ("Rows that it is about", {"fields": ("text", "pattern", "merchant", "account", "shown_least", "shown_most",
                                              "direction")}),
        ("What is done", {"fields": ("set_category", "set_merchant", "set_notes", "add_tags", "is_transfer",
                                     "is_ignored")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )  # fmt: skip

    @column(description="Size at least")
    def shown_least(self, rule: Rule) -> str | None:
        return _size(rule.amount_min)

    @column(description="Size at most")
    def shown_most(self, rule: Rule) -> str | None:
        return _size(rule.amount_max)


def _size(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
