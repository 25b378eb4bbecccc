"""What may be spent, day by day."""

import re
from datetime import date

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.selectors.calendars import (
    CalendarMonth,
    DailyPlan,
    calendar_month,
    daily_plan_on,
    period_on,
)
from budgets.selectors.forecasts import PeriodForecast, period_forecast
from budgets.selectors.pictures import month_picture
from budgets.selectors.safety import SafeToday, safe_to_spend_today
from budgets.services.settings import settings_of
from budgets.views.plans import BudgetScopes
from core.domain.days import DayError, day_of
from core.errors import address_error, parameter_error
from core.negotiation import OneRepresentation
from core.parameters import truth_of
from core.schema.responses import refusal
from core.serializers import answer_serializer
from core.views import ContractView

SVG = {(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)}
NO_BUDGET = refusal("You have no budget for today.")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
DailyPlanSerializer = answer_serializer(DailyPlan)
CalendarMonthSerializer = answer_serializer(CalendarMonth)
PeriodForecastSerializer = answer_serializer(PeriodForecast)
SafeTodaySerializer = answer_serializer(SafeToday)
BY_CATEGORY = OpenApiParameter("by_category", bool, description="With the figures of each category.")


class DailyView(BudgetScopes, ContractView):
    @extend_schema(responses=DailyPlanSerializer)
    def get(self, request: Request, on: str) -> Response:
        """One day of your plan, category by category: what was carried in and why, spent and left."""
        mode = settings_of(self.person).mode
        plan = daily_plan_on(self.person, _day(on), mode=mode, today=self.today())
        return Response(DailyPlanSerializer(plan).data)


class CalendarView(BudgetScopes, ContractView):
    query_parameters = ("by_category",)

    @extend_schema(parameters=[BY_CATEGORY], responses=CalendarMonthSerializer)
    def get(self, request: Request, month: str) -> Response:
        """A month to draw: a line a day with what was planned and spent."""
        year, number = _month(month)
        mode = settings_of(self.person).mode
        shown = calendar_month(
            self.person,
            year,
            number,
            mode=mode,
            today=self.today(),
            by_category=_flag(request, "by_category"),
        )
        return Response(CalendarMonthSerializer(shown).data)


class CalendarPictureView(BudgetScopes, ContractView):
    content_negotiation_class = OneRepresentation

    @extend_schema(responses=SVG)
    def get(self, request: Request, month: str) -> HttpResponse:
        """The month as a picture: a cell a day, coloured by how its spending stands to its plan."""
        year, number = _month(month)
        mode = settings_of(self.person).mode
        drawn = month_picture(self.person, year, number, mode=mode, today=self.today())
        return HttpResponse(drawn, content_type="image/svg+xml")


class ForecastView(BudgetScopes, ContractView):
    @extend_schema(responses={200: PeriodForecastSerializer, 404: NO_BUDGET})
    def get(self, request: Request) -> Response:
        """What the rest of your present period is likely to cost, with an 80 % interval."""
        today, mode = self.today(), settings_of(self.person).mode
        found = period_forecast(period_on(self.person, today), mode=mode, day=today)
        return Response(PeriodForecastSerializer(found).data)


class SafeToSpendView(BudgetScopes, ContractView):
    @extend_schema(responses=SafeTodaySerializer)
    def get(self, request: Request) -> Response:
        """What you may spend today, after bills, debts, goals and a buffer until your next income."""
        safe = safe_to_spend_today(self.person, settings_of(self.person), today=self.today())
        return Response(SafeTodaySerializer(safe).data)


def _day(text: str) -> date:
    try:
        return day_of(text)
    except DayError as exc:
        raise address_error("on", str(exc), exc.code) from exc


def _month(text: str) -> tuple[int, int]:
    if MONTH.fullmatch(text) is None:
        raise address_error("month", f"“{text[:20]}” is not a month like 2026-03.")
    try:
        first = day_of(f"{text}-01")
    except DayError as exc:
        raise address_error("month", str(exc), exc.code) from exc
    return first.year, first.month


def _flag(request: Request, name: str) -> bool:
    try:
        return truth_of(request.query_params.get(name, "false"))
    except ValueError as exc:
        raise parameter_error(name, str(exc)) from exc
