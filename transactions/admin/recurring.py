"""What comes round in people's ledgers."""

from datetime import date
from decimal import Decimal

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, RangeDateFilter

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import NOTHING, amount, lines, links, written
from core.staff.index import change_url, may_view
from core.staff.search import SearchMixin
from transactions.models import RecurringSeries, Transaction

LATEST_ROWS = 24
COLOURS = {RecurringSeries.Status.CONFIRMED: "success", RecurringSeries.Status.SUGGESTED: "info"}


@admin.register(RecurringSeries)
class RecurringSeriesAdmin(SearchMixin, ReadOnlyModelAdmin):
    """Series as they were found last; only the person confirms or rejects one."""

    list_display = ("name", "user", "shown_status", "kind", "period", "shown_expected", "next_on", "is_ended")
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("period", ChoicesDropdownFilter),
        ("is_ended", BooleanRadioFilter),
        ("next_on", RangeDateFilter),
    )
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("name",)
    search_help_text = "A person's e-mail address, a name, or the id of a series, person or merchant"
    id_fields = ("pk", "user", "merchant")

    def get_fieldsets(self, request: HttpRequest, obj: RecurringSeries | None = None) -> tuple[object, ...]:
        rows = ("shown_rows",) if may_view(request.user, Transaction) else ()
        return (
            (None, {"fields": ("user", "name", "merchant", "kind", "period", "shown_status", "is_ended")}),
            ("Expected", {"fields": ("shown_expected", "shown_spread", "next_on", "tolerance_days")}),
            ("So far", {"fields": ("first_on", "last_on", "shown_prices", "shown_missed", *rows)}),
            ("Why", {"fields": ("confidence", "shown_reasons")}),
            ("Record", {"fields": ("id", "created_at", "updated_at")}),
        )

    @column(description="Status", label=COLOURS, ordering="status")
    def shown_status(self, series: RecurringSeries) -> str:
        return series.status

    @column(description="Amount")
    def shown_expected(self, series: RecurringSeries) -> str:
        return amount(series.expected, series.currency)

    @column(description="Usually off by")
    def shown_spread(self, series: RecurringSeries) -> str:
        return amount(series.spread, series.currency)

    @column(description="Price changes")
    def shown_prices(self, series: RecurringSeries) -> SafeString:
        def price(text: str) -> str:
            return amount(Decimal(text), series.currency)

        return lines(
            (_day(change["on"]), f"{price(change['before'])} → {price(change['after'])}")
            for change in series.price_changes
        )

    @column(description="Missed")
    def shown_missed(self, series: RecurringSeries) -> str:
        return " · ".join(_day(day) for day in series.missed) or NOTHING

    @column(description=f"Latest rows (at most {LATEST_ROWS})")
    def shown_rows(self, series: RecurringSeries) -> SafeString:
        latest = series.occurrences.live().order_by("-date", "-id")[:LATEST_ROWS]
        return lines(
            (links([(change_url(row), written(row.date))]), amount(row.amount, row.currency))
            for row in latest
        )

    @column(description="Reasons")
    def shown_reasons(self, series: RecurringSeries) -> str:
        return " ".join(series.reasons) or NOTHING


def _day(text: str) -> str:
    return written(date.fromisoformat(text))
