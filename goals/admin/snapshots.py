"""Snapshots as they were taken."""

from decimal import Decimal

from django.contrib import admin
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AllValuesCheckboxFilter

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import amount, lines, readable_json
from core.staff.search import SearchMixin
from goals.models import Snapshot

AMOUNTS = ("income", "spending", "assets", "debts", "net_worth")
RATIOS = {"savings_rate": " %", "months_of_runway": " months", "debt_to_income": " %"}


@admin.register(Snapshot)
class SnapshotAdmin(SearchMixin, ReadOnlyModelAdmin):
    """How people stood on a day; nobody changes it."""

    list_display = ("on", "user", "shown_net_worth", "currency")
    list_filter = (("currency", AllValuesCheckboxFilter),)
    list_select_related = ("user",)
    ordering = ("-on", "-id")
    search_help_text = "A person's e-mail address, or an id"
    search_fields = ("user__email",)
    id_fields = ("pk", "user")
    fieldsets = (
        (None, {"fields": ("user", "on", "currency", "months")}),
        ("Figures", {"fields": ("shown_figures", "shown_ratios", "shown_answer")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )

    @column(description="Net worth", ordering="net_worth")
    def shown_net_worth(self, snapshot: Snapshot) -> str:
        return amount(snapshot.net_worth, snapshot.currency)

    @column(description="Amounts")
    def shown_figures(self, snapshot: Snapshot) -> SafeString:
        return lines(
            (name.replace("_", " "), amount(Decimal(getattr(snapshot, name)), snapshot.currency))
            for name in AMOUNTS
        )

    @column(description="Ratios")
    def shown_ratios(self, snapshot: Snapshot) -> SafeString:
        found = {name: getattr(snapshot, name) for name in RATIOS}
        return lines(
            (name.replace("_", " "), f"{value}{RATIOS[name]}")
            for name, value in found.items()
            if value is not None
        )

    @column(description="Accounts and debts")
    def shown_answer(self, snapshot: Snapshot) -> SafeString:
        return readable_json(snapshot.answer)
