"""Kept plans with their picture."""

from base64 import b64encode
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import NOTHING, amount, lines, readable_json, written
from core.staff.search import SearchMixin
from debts.models import PaymentPlan
from debts.selectors.pictures import plan_chart

COLOURS = {PaymentPlan.Status.ACTIVE: "success", PaymentPlan.Status.SAVED: "info"}


@admin.register(PaymentPlan)
class PaymentPlanAdmin(SearchMixin, ReadOnlyModelAdmin):
    """Plans as they were saved; only the person changes them."""

    list_display = ("name", "user", "strategy", "shown_status", "currency", "starts_on", "shown_months",
                    "shown_end")  # fmt: skip
    list_filter = (("status", ChoicesDropdownFilter), ("strategy", ChoicesDropdownFilter))
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    search_fields = ("name",)
    search_help_text = "A person's e-mail address, a plan's name, or an id"
    id_fields = ("pk", "user")
    fieldsets = (
        (None, {"fields": ("user", "name", "shown_status", "strategy", "currency", "starts_on")}),
        ("On the day it was saved", {"fields": ("chart", "shown_months", "shown_end", "shown_figures")}),
        ("What was asked", {"fields": ("shown_request",)}),
        ("Record", {"fields": ("id", "activated_at", "archived_at", "created_at", "updated_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Plans without their schedules, which a page that shows one reads then."""
        ends = {name: KeyTextTransform(name, "baseline") for name in ("months", "debt_free_on")}
        return PaymentPlan.objects.annotate(**ends).defer("baseline", "request")

    @column(description="Status", label=COLOURS, ordering="status")
    def shown_status(self, plan: PaymentPlan) -> str:
        return plan.status

    @column(description="Months")
    def shown_months(self, plan: Any) -> str:
        return str(plan.months)

    @column(description="Debt-free on")
    def shown_end(self, plan: Any) -> str:
        return written(date.fromisoformat(plan.debt_free_on)) if plan.debt_free_on else NOTHING

    @column(description="Balances")
    def chart(self, plan: PaymentPlan) -> SafeString:
        """A picture in an element of its own, in which nothing can run that a debt's name might hold."""
        return format_html(
            '<img class="w-full" alt="What is owed over time, by debt" src="data:image/svg+xml;base64,{}">',
            b64encode(plan_chart(plan).encode()).decode(),
        )

    @column(description="Figures")
    def shown_figures(self, plan: PaymentPlan) -> SafeString:
        kept = plan.baseline
        figures = {
            "total interest": kept["total_interest"],
            "total fees": kept["total_fees"],
            "total paid": kept["total_paid"],
            "interest saved": kept["interest_saved"],
        }
        return lines(
            (name, amount(Decimal(figure), plan.currency))
            for name, figure in figures.items()
            if figure is not None
        )

    @column(description="Request")
    def shown_request(self, plan: PaymentPlan) -> SafeString:
        return readable_json(plan.request)
