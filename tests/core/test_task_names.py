"""Tasks are called by name; every name that is used has a task behind it, and every task bears news."""

import ast
import inspect
from functools import lru_cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from config.celery import app
from core import jobs

APPS = [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]


@lru_cache(maxsize=1)
def enqueued_names():
    """The first argument of every call of ``enqueue`` in the sources."""
    return set(_enqueued_names())


def _enqueued_names():
    for config in APPS:
        for path in Path(config.path).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and "enqueue" in {
                    getattr(node.func, "attr", ""),
                    getattr(node.func, "id", ""),
                }:
                    assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno} names no task"
                    yield node.args[0].value


def scheduled_names():
    return [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]


def job_names():
    return [model.task_name for model in jobs.job_models()]


def own_tasks():
    jobs._import_tasks()
    labels = {config.label for config in APPS}
    return sorted(name for name in app.tasks if name.partition(".")[0] in labels)


def test_names_are_found():
    assert "users.send_password_reset" in enqueued_names()
    assert "ingest.import_statement" in job_names()
    assert "core.revive_stalled_jobs" in scheduled_names()


@pytest.mark.parametrize("name", sorted({*enqueued_names(), *scheduled_names(), *job_names()}))
def test_a_name_that_is_used_has_a_task(name):
    assert jobs.task_named(name).name == name


def test_a_name_that_nobody_has_is_an_error():
    with pytest.raises(app.tasks.NotRegistered):
        jobs.task_named("core.no_such_task")


@pytest.mark.parametrize("name", own_tasks())
def test_a_task_is_used_somewhere(name):
    assert name in {*enqueued_names(), *scheduled_names(), *job_names()}


@pytest.mark.parametrize("name", own_tasks())
def test_a_task_takes_named_arguments_and_tolerates_newer_ones(name):
    parameters = inspect.signature(app.tasks[name].run).parameters.values()
    kinds = [parameter.kind for parameter in parameters]
    assert inspect.Parameter.VAR_KEYWORD in kinds
    assert set(kinds) <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def test_a_killed_worker_loses_no_task():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
