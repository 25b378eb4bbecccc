"""The portal's first page: as much of it as the member of staff may see."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django_celery_results.models import TaskResult

from core import dashboard
from core.dashboard import DailyCounts
from core.jobs import job_models
from core.models import Job
from core.people import Person
from core.staff.display import written
from core.staff.reader import reader_locale
from core.writing import written_day_of_year

SHOWN_FAILURES = 5
COLOURS = {
    "succeeded": "#16a34a",
    "failed": "#dc2626",
    "failures": "#dc2626",
    "cancelled": "#94a3b8",
    dashboard.UNFINISHED: "#f59e0b",
    "sign-ups": "var(--color-primary-600)",
}
CHART_OPTIONS = json.dumps(
    {
        "animation": False,
        "maintainAspectRatio": False,
        "plugins": {"legend": {"position": "bottom", "labels": {"boxWidth": 8, "boxHeight": 8}}},
        "scales": {
            "x": {"stacked": True, "grid": {"display": False}, "ticks": {"maxTicksLimit": 8}},
            "y": {"stacked": True, "beginAtZero": True, "ticks": {"precision": 0}},
        },
    }
)


class Card(TypedDict):
    """A figure about jobs; one that asks for something to be done is an alert."""

    title: str
    value: int
    alert: bool
    link: str


def index_context(request: HttpRequest, *, now: datetime) -> dict[str, object]:
    """Cards, charts and the latest failures; a table that the member of staff may not view adds nothing."""
    jobs = [model for model in job_models() if may_view(request.user, model)]
    return {
        "cards": [card for model in jobs for card in _cards(model, now=now)],
        "charts": _charts(request, jobs, today=now.date()),
        "chart_options": CHART_OPTIONS,
        "failures": [_failure(job) for model in jobs for job in _latest_failures(model)],
    }


def changelist_url(model: type[Model], query: str = "") -> str:
    """Where the rows of a table are listed."""
    meta = model._meta  # noqa: SLF001  (Django's documented model API)
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") + query


def change_url(row: Model) -> str:
    """Where one row is shown."""
    meta = row._meta  # noqa: SLF001
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def may_view(user: Person | AnonymousUser, model: type[Model]) -> bool:
    """Whether a member of staff has the permission to see a table."""
    meta = model._meta  # noqa: SLF001
    return user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


def _latest_failures(model: type[Job]) -> list[Job]:
    return dashboard.latest_failures(model, limit=SHOWN_FAILURES)


def _cards(model: type[Job], *, now: datetime) -> list[Card]:
    counts = dashboard.job_counts(model, now=now)
    name = model._meta.verbose_name_plural  # noqa: SLF001
    return [
        {
            "title": f"Failed {name}",
            "value": counts.failed,
            "alert": counts.failed > 0,
            "link": changelist_url(model, "?status__exact=failed"),
        },
        {
            "title": f"Stalled {name}",
            "value": counts.stalled,
            "alert": counts.stalled > 0,
            "link": changelist_url(model, "?status__exact=running"),
        },
        {
            "title": f"Waiting {name}",
            "value": counts.pending,
            "alert": False,
            "link": changelist_url(model, "?status__exact=pending"),
        },
    ]


def _charts(request: HttpRequest, jobs: list[type[Job]], *, today: date) -> list[dict[str, str]]:
    charts = []
    person = get_user_model()
    if may_view(request.user, person):
        charts.append(_chart("Sign-ups", dashboard.sign_ups_a_day(today=today), changelist_url(person)))
    for model in jobs:
        name = str(model._meta.verbose_name_plural)  # noqa: SLF001
        charts.append(_chart(name, dashboard.jobs_a_day(model, today=today), changelist_url(model)))
    if may_view(request.user, TaskResult):
        failed = changelist_url(TaskResult, "?status=FAILURE")
        charts.append(_chart("Failed tasks", dashboard.failed_tasks_a_day(today=today), failed))
    return charts


def _chart(title: str, figures: DailyCounts, link: str) -> dict[str, str]:
    total = sum(sum(counts) for counts in figures.counts.values())
    return {
        "title": title[:1].upper() + title[1:],
        "total": str(total),
        "link": link,
        "data": json.dumps(_chart_data(figures)),
    }


def _chart_data(figures: DailyCounts) -> Mapping[str, object]:
    return {
        "labels": [written_day_of_year(day, locale=reader_locale()) for day in figures.days],
        "datasets": [
            {"label": outcome, "data": counts, "backgroundColor": COLOURS[outcome]}
            for outcome, counts in figures.counts.items()
        ],
    }


def _failure(job: Job) -> dict[str, str | None]:
    at = None if job.finished_at is None else written(job.finished_at)
    return {"name": str(job), "error": job.error, "at": at, "link": change_url(job)}
