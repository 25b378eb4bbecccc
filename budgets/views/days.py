"""What may be spent, day by day."""

import re
from datetime import date

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.selectors.calendars import day_shown, month_shown, period_on
from budgets.selectors.forecasts import forecast_shown
from budgets.selectors.pictures import month_picture
from budgets.selectors.safety import safety_shown
from budgets.serializers import answers
from budgets.services.settings import settings_of
from budgets.views.plans import BudgetScopes
from core.domain.days import DayError, day_of
from core.errors import address_error, parameter_error
from core.negotiation import OneRepresentation
from core.parameters import truth_of
from core.schema.responses import refusal
from core.views import ContractView

SVG = {(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)}
NO_BUDGET = refusal("You have no budget for today.")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
BY_CATEGORY = OpenApiParameter("by_category", bool, description="With the figures of each category.")


class DailyView(BudgetScopes, ContractView):
    @extend_schema(responses=answers.DaySerializer)
    def get(self, request: Request, day: str) -> Response:
        """One day of your plan, category by category: what was carried in and why, spent and left."""
        mode = settings_of(self.person).mode
        return Response(day_shown(self.person, _day(day), mode=mode, today=self.today()))


class CalendarView(BudgetScopes, ContractView):
    query_parameters = ("by_category",)

    @extend_schema(parameters=[BY_CATEGORY], responses=answers.CalendarSerializer)
    def get(self, request: Request, month: str) -> Response:
        """A month to draw: a line a day with what was planned and spent."""
        year, number = _month(month)
        mode = settings_of(self.person).mode
        shown = month_shown(
            self.person,
            year,
            number,
            mode=mode,
            today=self.today(),
            by_category=_flag(request, "by_category"),
        )
        return Response(shown)


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
    @extend_schema(responses={200: answers.ForecastSerializer, 404: NO_BUDGET})
    def get(self, request: Request) -> Response:
        """What the rest of your present period is likely to cost, with an 80 % interval."""
        today, mode = self.today(), settings_of(self.person).mode
        return Response(forecast_shown(period_on(self.person, today), mode=mode, day=today))


class SafeToSpendView(BudgetScopes, ContractView):
    @extend_schema(responses=answers.SafeToSpendSerializer)
    def get(self, request: Request) -> Response:
        """What you may spend today, after bills, debts, goals and a buffer until your next income."""
        return Response(safety_shown(self.person, settings_of(self.person), today=self.today()))


def _day(text: str) -> date:
    try:
        return day_of(text)
    except DayError as exc:
        raise address_error("day", str(exc), exc.code) from exc


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
