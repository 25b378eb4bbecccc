"""What is worked out: nothing of it is kept, unless as a job's answer."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.negotiation import OneRepresentation
from core.views import ContractView
from debts.models import Calculation
from debts.scopes import READ_DEBTS
from debts.selectors.pictures import compare_chart
from debts.serializers import answers, planning, plans
from debts.services.answering import answered, checked
from debts.services.calculations import request_calculation

RESPOND_ASYNC = "respond-async"
PREFER = OpenApiParameter(
    "Prefer",
    {"type": "string", "enum": [RESPOND_ASYNC]},
    OpenApiParameter.HEADER,
    description="`respond-async` (RFC 7240): a worker works it out; the answer is a job to look at.",
)


class PlannerView(ContractView, APIView):
    """Answers at once, or with ``Prefer: respond-async`` as a job."""

    read_scope = READ_DEBTS
    # Nothing of the person's is changed.
    write_scope = READ_DEBTS
    kind: ClassVar[str]

    def writes(self) -> bool:
        return super().writes() and _is_async(self.request)

    def post(self, request: Request) -> Response:
        today = self.today()
        asked = checked(self.person, self.kind, request.data, today=today)
        if not _is_async(request):
            return Response(answered(self.person, self.kind, asked, today=today, is_job=False))
        data: Any = request.data
        job = request_calculation(self.person, act=self.act(), kind=self.kind, request=data)
        shown = plans.CalculationSerializer(job).data
        answer = self.made(job, shown, http_status=status.HTTP_202_ACCEPTED)
        answer.headers["Preference-Applied"] = RESPOND_ASYNC
        return answer


def _answers(serializer: Any) -> dict[int, Any]:
    return {200: serializer, 202: plans.CalculationSerializer}


class PlanView(PlannerView):
    kind = Calculation.Kind.PLAN

    @extend_schema(
        parameters=[PREFER],
        request=planning.PlanRequestSerializer,
        responses=_answers(answers.PlanSerializer),
    )
    def post(self, request: Request) -> Response:
        """One strategy, month by month, for your debts or for debts sent along."""
        return super().post(request)


class CompareView(PlannerView):
    kind = Calculation.Kind.COMPARE

    @extend_schema(
        parameters=[PREFER],
        request=planning.CompareRequestSerializer,
        responses=_answers(answers.ComparisonSerializer),
    )
    def post(self, request: Request) -> Response:
        """Strategies side by side against minimums only, and which one to take."""
        return super().post(request)


class TargetView(PlannerView):
    kind = Calculation.Kind.TARGET

    @extend_schema(
        parameters=[PREFER],
        request=planning.TargetRequestSerializer,
        responses=_answers(answers.TargetSerializer),
    )
    def post(self, request: Request) -> Response:
        """What has to be paid a month to owe nothing by a day."""
        return super().post(request)


class WhatIfView(PlannerView):
    kind = Calculation.Kind.WHAT_IF

    @extend_schema(
        parameters=[PREFER],
        request=planning.WhatIfRequestSerializer,
        responses=_answers(answers.WhatIfSerializer),
    )
    def post(self, request: Request) -> Response:
        """What more a month would save, and what a little less on each debt would."""
        return super().post(request)


class RiskView(PlannerView):
    kind = Calculation.Kind.RISK

    @extend_schema(
        parameters=[PREFER],
        request=planning.RiskRequestSerializer,
        responses=_answers(answers.RiskSerializer),
    )
    def post(self, request: Request) -> Response:
        """How far the debt-free day moves when months differ as your ledger's did."""
        return super().post(request)


class CompareChartView(ContractView, APIView):
    """The comparison as a picture."""

    read_scope = READ_DEBTS
    write_scope = READ_DEBTS
    content_negotiation_class = OneRepresentation

    def writes(self) -> bool:
        return False

    @extend_schema(
        request=planning.CompareRequestSerializer,
        responses={(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)},
    )
    def post(self, request: Request) -> HttpResponse:
        """What is owed over time, a line for each strategy."""
        asked = checked(self.person, Calculation.Kind.COMPARE, request.data, today=self.today())
        return HttpResponse(compare_chart(self.person, asked), content_type="image/svg+xml")


def _is_async(request: Request) -> bool:
    wishes = str(request.headers.get("Prefer", "")).split(",")
    return any(wish.split(";")[0].strip().lower() == RESPOND_ASYNC for wish in wishes)
