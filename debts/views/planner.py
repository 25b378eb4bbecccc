"""What is worked out: nothing of it is kept, unless as a job's answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, cast

from django.http import HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.negotiation import OneRepresentation
from core.serializers import ContractSerializer, answer_serializer
from core.views import ContractView
from debts.models import Calculation
from debts.scopes import READ_DEBTS
from debts.selectors import answers
from debts.selectors.pictures import compare_chart
from debts.serializers import planning, plans
from debts.services.answering import answered, checked, checked_comparison
from debts.services.calculations import request_calculation

RESPOND_ASYNC = "respond-async"
PREFER = OpenApiParameter(
    "Prefer",
    {"type": "string", "enum": [RESPOND_ASYNC]},
    OpenApiParameter.HEADER,
    description="`respond-async` (RFC 7240): a worker works it out; the answer is a job to look at.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked, in the words of the reference; what is sent, and what is answered."""

    words: str
    request: type[ContractSerializer]
    answer: type


QUESTIONS: Mapping[Calculation.Kind, Question] = {
    Calculation.Kind.PLAN: Question(
        "One strategy, month by month, for your debts or for debts sent along.",
        planning.PlanRequestSerializer,
        answers.Plan,
    ),
    Calculation.Kind.COMPARE: Question(
        "Strategies side by side against minimums only, and which one to take.",
        planning.CompareRequestSerializer,
        answers.Comparison,
    ),
    Calculation.Kind.TARGET: Question(
        "What has to be paid a month to owe nothing by a day.",
        planning.TargetRequestSerializer,
        answers.Target,
    ),
    Calculation.Kind.WHAT_IF: Question(
        "What more a month would save, and what a little less on each debt would.",
        planning.WhatIfRequestSerializer,
        answers.WhatIf,
    ),
    Calculation.Kind.RISK: Question(
        "How far the debt-free day moves when months differ as your ledger's did.",
        planning.RiskRequestSerializer,
        answers.Risk,
    ),
}


class PlannerView(ContractView, APIView):
    """Answers at once, or with ``Prefer: respond-async`` as a job."""

    read_scope = READ_DEBTS
    # Nothing of the person's is changed.
    write_scope = READ_DEBTS
    kind: ClassVar[Calculation.Kind]

    def writes(self) -> bool:
        return super().writes() and _is_async(self.request)

    def answer(self, request: Request) -> Response:
        today = self.today()
        asked = checked(self.person, self.kind, request.data, today=today)
        if not _is_async(request):
            found = answered(self.person, asked, today=today, is_job=False)
            return Response(answer_serializer(QUESTIONS[self.kind].answer)(found).data)
        body = cast("Mapping[str, object]", request.data)
        job = request_calculation(self.person, act=self.act(), kind=self.kind, request=body)
        shown = plans.CalculationSerializer(job).data
        answer = self.made(job, shown, http_status=status.HTTP_202_ACCEPTED)
        answer.headers["Preference-Applied"] = RESPOND_ASYNC
        return answer


def question_path(kind: Calculation.Kind) -> URLPattern:
    """The address of one question, described as its own operation."""
    question = QUESTIONS[kind]

    class QuestionView(PlannerView):
        @extend_schema(
            parameters=[PREFER],
            request=question.request,
            responses={200: answer_serializer(question.answer), 202: plans.CalculationSerializer},
        )
        def post(self, request: Request) -> Response:
            return self.answer(request)

    QuestionView.kind = kind
    QuestionView.post.__doc__ = question.words
    return path(f"debts/{kind.value.replace('_', '-')}", QuestionView.as_view())


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
        asked = checked_comparison(self.person, request.data, today=self.today())
        return HttpResponse(compare_chart(self.person, asked), content_type="image/svg+xml")


def _is_async(request: Request) -> bool:
    wishes = str(request.headers.get("Prefer", "")).split(",")
    return any(wish.split(";")[0].strip().lower() == RESPOND_ASYNC for wish in wishes)
