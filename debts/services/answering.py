"""A request to the planner, checked and answered: at once, or by a worker."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from rest_framework.serializers import Serializer

from debts.models import Calculation
from debts.selectors import planning, risks
from debts.serializers import planning as requests
from users.models import User

Kind = Calculation.Kind

SERIALIZERS: Mapping[str, type[Serializer[Any]]] = {
    Kind.PLAN: requests.PlanRequestSerializer,
    Kind.COMPARE: requests.CompareRequestSerializer,
    Kind.TARGET: requests.TargetRequestSerializer,
    Kind.WHAT_IF: requests.WhatIfRequestSerializer,
    Kind.RISK: requests.RiskRequestSerializer,
}


def checked(user: User, kind: str, request: Any, *, today: date) -> dict[str, Any]:
    """The request as the planner takes it; a validation error names what is wrong with it."""
    context = {"request": SimpleNamespace(user=user), "today": today}
    serializer = SERIALIZERS[kind](data=request, context=context)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def answered(user: User, kind: str, asked: Mapping[str, Any], *, today: date, is_job: bool) -> dict[str, Any]:
    """The planner's answer to a checked request."""
    seconds = planning.SECONDS_IN_JOB if is_job else planning.SECONDS_IN_REQUEST
    if kind == Kind.PLAN:
        return planning.plan(user, asked, seconds=seconds)
    if kind == Kind.COMPARE:
        return planning.compare(user, asked, seconds=seconds)
    if kind == Kind.TARGET:
        return planning.target(user, asked)
    if kind == Kind.WHAT_IF:
        return planning.what_ifs(user, asked)
    return risks.risk(user, asked, today=today, is_job=is_job)
