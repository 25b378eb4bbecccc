"""Debts with the balances inside them and what was paid."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesDropdownFilter

from core.audit import Act
from core.domain.money import minor_as_text
from core.staff.base import ServiceModelAdmin
from core.staff.decorators import column
from core.staff.display import amount, lines, links, written
from core.staff.index import change_url, may_view
from core.staff.inlines import ReadInline
from core.staff.search import SearchMixin
from debts.models import BalanceSegment, Debt, DebtPayment
from debts.selectors.balances import debts_with_history, history_of, minimum_given, terms_given
from debts.selectors.terms import terms_of
from debts.services.debts import remove_debt, update_debt
from transactions.models import Transaction

LATEST_PAYMENTS = 24
COLOURS = {
    Debt.Status.ACTIVE: "info",
    Debt.Status.PAID_OFF: "success",
    Debt.Status.IN_COLLECTION: "danger",
    Debt.Status.PAUSED: "warning",
}


class SegmentInline(ReadInline):
    model = BalanceSegment
    verbose_name_plural = "Balances on the day they were given"
    ordering = ("id",)
    fields = ("kind", "shown_amount", "shown_apr", "shown_promotion", "shown_changes")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[BalanceSegment]:
        rows: QuerySet[BalanceSegment] = super().get_queryset(request)
        return rows.select_related("debt").prefetch_related("rate_changes")

    @column(description="Amount")
    def shown_amount(self, segment: BalanceSegment) -> str:
        return amount(segment.amount, segment.debt.currency)

    @column(description="APR")
    def shown_apr(self, segment: BalanceSegment) -> str:
        return _percent(segment.apr)

    @column(description="Promotion")
    def shown_promotion(self, segment: BalanceSegment) -> str | None:
        if segment.promo_until is None:
            return None
        rate = "deferred interest" if segment.is_deferred else _percent(segment.promo_apr or Decimal(0))
        return f"{rate} until {written(segment.promo_until)}"

    @column(description="Rate changes")
    def shown_changes(self, segment: BalanceSegment) -> str | None:
        changes = sorted(segment.rate_changes.all(), key=lambda change: change.on)
        return ", ".join(f"{_percent(change.apr)} from {written(change.on)}" for change in changes) or None


class LatestPayments(BaseInlineFormSet):  # type: ignore[type-arg]
    """Cut to the latest only when read: a queryset that was cut before could not be narrowed to one debt."""

    def get_queryset(self) -> QuerySet[DebtPayment]:
        return self._latest

    @cached_property
    def _latest(self) -> QuerySet[DebtPayment]:
        return super().get_queryset()[:LATEST_PAYMENTS]


class PaymentInline(ReadInline):
    model = DebtPayment
    formset = LatestPayments
    verbose_name_plural = f"Latest payments (at most {LATEST_PAYMENTS})"
    ordering = ("-paid_on", "-id")
    readonly_fields = ("paid_on", "shown_amount", "shown_interest", "notes", "row")

    def get_fields(self, request: HttpRequest, obj: Debt | None = None) -> tuple[str, ...]:
        return self.readonly_fields if may_view(request.user, Transaction) else self.readonly_fields[:-1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DebtPayment]:
        return DebtPayment.objects.counted().select_related("debt").order_by(*self.ordering)

    @column(description="Amount")
    def shown_amount(self, payment: DebtPayment) -> str:
        return amount(payment.amount, payment.debt.currency)

    @column(description="Interest, as the lender says")
    def shown_interest(self, payment: DebtPayment) -> str | None:
        return None if payment.interest is None else amount(payment.interest, payment.debt.currency)

    @column(description="Row of the ledger")
    def row(self, payment: DebtPayment) -> SafeString:
        linked = Transaction(pk=payment.transaction_id) if payment.transaction_id else None
        return links([(change_url(linked), "Show")] if linked else [])


@admin.register(Debt)
class DebtAdmin(SearchMixin, ServiceModelAdmin):
    """Debts as they stand today. Staff correct what a debt is called; amounts and terms are the person's."""

    list_display = ("name", "user", "kind", "shown_balance", "shown_status", "currency", "shown_aprs")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
        ("currency", AllValuesCheckboxFilter),
    )
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    inlines = (SegmentInline, PaymentInline)
    search_fields = ("name", "lender")
    search_help_text = "A person's e-mail address, a debt's or a lender's name, or an id"
    id_fields = ("pk", "user")
    fieldsets = (
        (None, {"fields": ("user", "name", "kind", "lender", "status", "due_day", "notes")}),
        ("Today", {"fields": ("shown_balance", "shown_aprs", "shown_limit")}),
        ("Terms", {"fields": ("opened_on", "balance_on", "accrual", "shown_minimum", "shown_fees")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )
    readonly_fields = (
        "user", "shown_balance", "shown_aprs", "shown_limit", "opened_on", "balance_on", "accrual", "shown_minimum",
        "shown_fees", "id", "created_at", "updated_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Debt]:
        return debts_with_history()

    @column(description="Balance")
    def shown_balance(self, debt: Debt) -> str:
        owed = history_of(debt, until=_today(debt)).balance
        return amount(Decimal(minor_as_text(owed, debt.currency)), debt.currency)

    @column(description="Status", label=COLOURS, ordering="status")
    def shown_status(self, debt: Debt) -> str:
        return debt.status

    @column(description="APR")
    def shown_aprs(self, debt: Debt) -> str:
        """The rates in force today, the lowest and the highest."""
        terms = terms_of(terms_given(debt), currency=debt.currency, start=_today(debt))
        rates = sorted({segment.apr(1) for segment in terms.segments})
        return " to ".join(_percent(rate) for rate in dict.fromkeys(rates[:1] + rates[-1:]))

    @column(description="Credit limit")
    def shown_limit(self, debt: Debt) -> str | None:
        return None if debt.credit_limit is None else amount(debt.credit_limit, debt.currency)

    @column(description="Minimum payment")
    def shown_minimum(self, debt: Debt) -> SafeString:
        asked = minimum_given(debt)
        told = {
            "rule": asked.rule.value,
            "amount": asked.amount and amount(asked.amount, debt.currency),
            "floor": asked.floor and amount(asked.floor, debt.currency),
            "percent": asked.percent and _percent(asked.percent),
            "of": asked.percent and asked.of.value,
            "months": asked.months,
        }
        return lines((name, value) for name, value in told.items() if value)

    @column(description="Fees")
    def shown_fees(self, debt: Debt) -> SafeString:
        fees = {"monthly": debt.monthly_fee, "annual": debt.annual_fee, "late": debt.late_fee}
        return lines((name, amount(fee, debt.currency)) for name, fee in fees.items() if fee)

    def perform_update(self, row: Debt, *, act: Act, **fields: Any) -> Debt:
        return update_debt(row, act=act, **fields)

    def perform_delete(self, row: Debt, *, act: Act) -> None:
        remove_debt(row, act=act)


def _today(debt: Debt) -> date:
    """The day of the person who owes it."""
    return debt.user.today(timezone.now())


def _percent(rate: Decimal) -> str:
    return f"{rate.normalize():f} %"
