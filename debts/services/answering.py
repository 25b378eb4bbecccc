"""A request to the planner, checked and answered: at once, or by a worker."""

from datetime import date
from types import SimpleNamespace
from typing import TypeVar

from debts.domain.requests import (
    CompareRequest,
    HouseholdRequest,
    PlanRequest,
    RiskRequest,
    TargetRequest,
    WhatIfRequest,
)
from debts.models import Calculation
from debts.selectors import planning, risks
from debts.selectors.answers import Answer
from debts.selectors.schedules import SECONDS_IN_JOB, SECONDS_IN_REQUEST
from debts.serializers import planning as requests
from debts.serializers.records import RecordSerializer
from users.models import User

R = TypeVar("R")


def checked(user: User, kind: str, request: object, *, today: date) -> HouseholdRequest:
    """The request as the planner takes it; a validation error names what is wrong with it."""
    match Calculation.Kind(kind):
        case Calculation.Kind.PLAN:
            return checked_plan(user, request, today=today)
        case Calculation.Kind.COMPARE:
            return checked_comparison(user, request, today=today)
        case Calculation.Kind.TARGET:
            return _checked(requests.TargetRequestSerializer, user, request, today)
        case Calculation.Kind.WHAT_IF:
            return _checked(requests.WhatIfRequestSerializer, user, request, today)
        case Calculation.Kind.RISK:
            return _checked(requests.RiskRequestSerializer, user, request, today)


def checked_plan(user: User, request: object, *, today: date) -> PlanRequest:
    """A request for one strategy."""
    return _checked(requests.PlanRequestSerializer, user, request, today)


def checked_comparison(user: User, request: object, *, today: date) -> CompareRequest:
    """A request for several strategies."""
    return _checked(requests.CompareRequestSerializer, user, request, today)


def answered(user: User, asked: HouseholdRequest, *, today: date, is_job: bool) -> Answer:
    """The planner's answer to a checked request."""
    seconds = SECONDS_IN_JOB if is_job else SECONDS_IN_REQUEST
    match asked:
        case RiskRequest():
            return risks.risk(user, asked, today=today, is_job=is_job)
        case WhatIfRequest():
            return planning.what_ifs(user, asked)
        case PlanRequest():
            return planning.plan(user, asked, seconds=seconds)
        case CompareRequest():
            return planning.compare(user, asked, seconds=seconds)
        case TargetRequest():
            return planning.target(user, asked)
    raise TypeError(f"No question of the planner: {type(asked).__name__}")


def _checked(serializer: type[RecordSerializer[R]], user: User, request: object, today: date) -> R:
    filled = serializer(data=request, context={"request": SimpleNamespace(user=user), "today": today})
    filled.is_valid(raise_exception=True)
    asked: R = filled.validated_data
    return asked
