"""How people budget."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from budgets.models import BudgetSettings
from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import amount
from core.staff.search import SearchMixin


@admin.register(BudgetSettings)
class BudgetSettingsAdmin(SearchMixin, ReadOnlyModelAdmin):
    """What new periods begin with; only the person changes it."""

    list_display = ("user", "period", "anchor", "shown_split", "mode", "shown_buffer", "planned_on")
    list_filter = (("period", ChoicesDropdownFilter), ("mode", ChoicesDropdownFilter))
    list_select_related = ("user",)
    ordering = ("-user_id",)
    search_fields = ("user__name",)
    search_help_text = "A person's e-mail address, name or id"
    id_fields = ("user",)
    fields = ("user", "period", "anchor", "shown_split", "mode", "shown_buffer", "planned_on")

    @column(description="Needs, wants, savings")
    def shown_split(self, settings: BudgetSettings) -> str:
        return f"{settings.needs} / {settings.wants} / {settings.savings} %"

    @column(description="Buffer")
    def shown_buffer(self, settings: BudgetSettings) -> str:
        return amount(settings.buffer, settings.user.base_currency)
