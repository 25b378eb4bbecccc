"""Periods of budgets with what each category may spend."""

from collections.abc import Sequence
from datetime import date

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter, RangeDateFilter

from budgets.domain.envelopes import Mode
from budgets.models import Allocation, BudgetPeriod
from budgets.selectors.plans import PeriodTotals, with_allotted
from budgets.selectors.reports import period_report
from core.domain.money import from_minor
from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import NOTHING, amount, lines, links, written
from core.staff.index import change_url, may_view
from core.staff.inlines import ReadInline
from core.staff.search import SearchMixin

COLOURS = {BudgetPeriod.Status.OPEN: "info", BudgetPeriod.Status.CLOSED: "success"}


class AllocationInline(ReadInline):
    model = Allocation
    verbose_name_plural = "Allocations"
    ordering = ("priority", "category__position", "pk")
    fields = ("name", "shown_amount", "shown_rolled_in", "priority", "is_essential", "is_locked", "rollover",
              "pattern", "mode")  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Allocation]:
        rows: QuerySet[Allocation] = super().get_queryset(request)
        return rows.select_related("category", "period")

    @column(description="Category")
    def name(self, allocation: Allocation) -> SafeString:
        return links([(change_url(allocation), allocation.category.label)])

    @column(description="Amount")
    def shown_amount(self, allocation: Allocation) -> str:
        return amount(allocation.amount, allocation.period.currency)

    @column(description="Rolled in")
    def shown_rolled_in(self, allocation: Allocation) -> str | None:
        return amount(allocation.rolled_in, allocation.period.currency) if allocation.rolled_in else None


@admin.register(BudgetPeriod)
class BudgetPeriodAdmin(SearchMixin, ReadOnlyModelAdmin):
    """Periods as they are planned; only the person changes them."""

    list_display = ("user", "kind", "first_on", "last_on", "shown_status", "shown_income", "shown_allotted",
                    "shown_unallocated")  # fmt: skip
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("currency", AllValuesCheckboxFilter),
        ("first_on", RangeDateFilter),
    )
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    inlines = (AllocationInline,)
    search_fields = ("user__name",)
    search_help_text = "A person's e-mail address or name, or an id"
    id_fields = ("pk", "user")
    fieldsets = (
        (None, {"fields": ("user", "kind", "first_on", "last_on", "shown_status")}),
        ("Income", {"fields": ("shown_income", "shown_rolled_in", "shown_allotted", "shown_unallocated")}),
        ("Once closed", {"fields": ("closed_at", "shown_report")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[BudgetPeriod]:
        """Periods without their reports, which a page that shows one reads then."""
        return with_allotted(BudgetPeriod.objects.all()).defer("report")

    def get_inlines(self, request: HttpRequest, obj: BudgetPeriod | None) -> Sequence[type[AllocationInline]]:
        return self.inlines if may_view(request.user, Allocation) else ()

    @column(description="Status", label=COLOURS, ordering="status")
    def shown_status(self, period: BudgetPeriod) -> str:
        return period.status

    @column(description="Expected")
    def shown_income(self, period: BudgetPeriod) -> str:
        return amount(period.income_expected, period.currency)

    @column(description="Allotted")
    def shown_allotted(self, period: PeriodTotals) -> str:
        return amount(period.allotted, period.currency)

    @column(description="Rolled in")
    def shown_rolled_in(self, period: PeriodTotals) -> str:
        return amount(period.rolled_in, period.currency)

    @column(description="Unallocated")
    def shown_unallocated(self, period: PeriodTotals) -> str:
        return amount(period.unallocated, period.currency)

    @column(description="Report")
    def shown_report(self, period: BudgetPeriod) -> SafeString:
        if not period.report:
            return lines(())
        report = period_report(period, mode=Mode.SPREAD)
        figures = {
            "income expected": report.income_expected,
            "income received": report.income_received,
            "allotted": report.allotted,
            "spent": report.spent,
            "unplanned": report.unplanned,
            "saved": report.saved,
        }
        return lines((name, amount(figure, period.currency)) for name, figure in figures.items())


@admin.register(Allocation)
class AllocationAdmin(SearchMixin, ReadOnlyModelAdmin):
    """What a category may spend in a period, and the plan of its days."""

    list_display = ("shown_category", "user", "shown_period", "shown_amount", "priority", "is_essential", "is_locked",
                    "pattern", "rollover", "mode")  # fmt: skip
    list_filter = (
        ("pattern", ChoicesDropdownFilter),
        ("mode", ChoicesDropdownFilter),
        ("rollover", ChoicesDropdownFilter),
    )
    list_select_related = ("user", "category", "period")
    ordering = ("-created_at", "-id")
    search_fields = ("category__name",)
    search_help_text = (
        "A person's e-mail address, a category's name, or the id of an allocation, period or person"
    )
    id_fields = ("pk", "user", "period", "category")
    fieldsets = (
        (None, {"fields": ("user", "shown_period", "shown_category", "shown_amount", "shown_rolled_in")}),
        (
            "How it is spent",
            {"fields": ("priority", "is_essential", "is_locked", "rollover", "pattern", "mode")},
        ),
        ("Days", {"fields": ("shown_days", "shown_locked")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )

    @column(description="Category")
    def shown_category(self, allocation: Allocation) -> str:
        return allocation.category.label

    @column(description="Period")
    def shown_period(self, allocation: Allocation) -> SafeString:
        return links([(change_url(allocation.period), str(allocation.period))])

    @column(description="Amount")
    def shown_amount(self, allocation: Allocation) -> str:
        return amount(allocation.amount, allocation.period.currency)

    @column(description="Rolled in")
    def shown_rolled_in(self, allocation: Allocation) -> str:
        return amount(allocation.rolled_in, allocation.period.currency)

    @column(description="Plan")
    def shown_days(self, allocation: Allocation) -> SafeString:
        """The days with money of their own; the others have none."""
        currency = allocation.period.currency
        return lines(
            (written(day), amount(from_minor(units, currency), currency))
            for day, units in zip(allocation.period.span.days, allocation.planned, strict=True)
            if units
        )

    @column(description="Locked days")
    def shown_locked(self, allocation: Allocation) -> str:
        return ", ".join(written(date.fromisoformat(day)) for day in allocation.locked_days) or NOTHING
