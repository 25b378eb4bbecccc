"""The house has the same rooms everywhere, none of them too large."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint, UniqueConstraint

APPS = [config for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
MODELS = [model for config in APPS for model in config.get_models()]
SOURCES = sorted(
    path
    for folder in [*(Path(config.path) for config in APPS), settings.BASE_DIR / "config"]
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
)
LONGEST = 300

# The prescribed places of an app; a file that grows becomes a package of the same name.
PLACES = {
    "domain", "models", "selectors", "services", "serializers", "filters", "views", "urls", "ports", "adapters",
    "tasks", "admin", "apps", "scopes", "migrations", "management", "templates",
}  # fmt: skip
# What an app has beside them, because it is about nothing else.
OWN_PLACES = {
    "core": {
        "aggregates", "audit", "bulk_insert", "changes", "conditional", "dashboard", "error_responses", "errors",
        "feeds", "health", "hooks", "idempotency", "ids", "jobs", "keyset", "languages", "middleware", "negotiation",
        "notifications", "pages", "pagination", "parameters", "parsers", "people", "schema", "staff", "throttling",
        "writing",
    },
    "budgets": {"demo"},
    "debts": {"demo"},
    "goals": {"demo"},
    "transactions": {"categoriser", "demo"},
    "users": {"authentication", "mail", "tokens"},
}  # fmt: skip
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handler", "handlers"}

# Constraints that guard our own bookkeeping: no request of a person can break them.
SILENT = {
    "idempotency_key_once_per_owner",
    "idempotency_key_not_empty",
    "idempotency_key_held_or_answered",
    "notification_key_once_per_person",
    "category_code_unique_per_person",
    "transfer_has_one_paying_row",
    "transfer_has_one_receiving_row",
    "transaction_confidence_0_to_1",
    "transaction_merged_is_deleted",
    "verdict_once",
    "kept_apart_once",
    "recurring_series_once",
    "staged_batch_once",
    "remembered_layout_once_per_format",
    "goal_debt_with_what_was_owed",
    "contribution_of_a_rule_once",
    "action_plan_version_once",
    "milestone_once",
    "snapshot_once_a_day",
    "budget_period_has_days",
    "budget_closed_with_report",
    "one_proposed_redistribution_a_period",
    "move_of_something",
    "move_between_two",
}


def name_of(path):
    return str(path.relative_to(settings.BASE_DIR))


GUESTS = {config.label for config in APPS} - {"core"}
# Django and DRF ask for these by name.
NAMED_BY_NEED = {"AUTH_USER_MODEL", "DEFAULT_AUTHENTICATION_CLASSES", "INSTALLED_APPS"}


def test_the_sources_are_found():
    assert {"core", "users", "transactions", "ingest"} <= {config.label for config in APPS}
    assert len(SOURCES) > 80


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_is_short_enough_to_be_read_at_once(path):
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_says_what_it_is_for(path):
    assert not VAGUE & set(path.with_suffix("").parts)


@pytest.mark.parametrize("config", APPS, ids=lambda config: config.label)
def test_an_app_has_the_same_rooms_as_every_other(config):
    entries = {entry.stem for entry in Path(config.path).iterdir() if not entry.name.startswith("__")}
    assert entries <= PLACES | OWN_PLACES.get(config.label, set())


def test_the_categoriser_has_the_rooms_of_an_app():
    entries = {entry.stem for entry in (settings.BASE_DIR / "transactions" / "categoriser").iterdir()}
    assert entries - {"__init__", "__pycache__"} == {"adapters", "data", "domain", "ports"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_table_has_no_order_of_its_own(model):
    assert model._meta.ordering == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_constraint_that_a_person_can_break_says_so_in_words(model):
    for constraint in model._meta.constraints:
        assert isinstance(constraint, CheckConstraint | UniqueConstraint)
        has_words = constraint.violation_error_message != constraint.default_violation_error_message
        assert has_words != (constraint.name in SILENT), constraint.name


def test_every_silent_constraint_exists():
    assert {constraint.name for model in MODELS for constraint in model._meta.constraints} >= SILENT


def named_guests(path):
    """Strings such as ``users`` or ``users.User`` in a file, but for those that a framework asks for by name."""
    tree = ast.parse(path.read_text())
    by_need = {id(text) for needed in ast.walk(tree) if is_by_need(needed) for text in ast.walk(needed)}
    texts = [part for part in ast.walk(tree) if isinstance(part, ast.Constant) and id(part) not in by_need]
    return [part.value for part in texts if isinstance(part.value, str) and GUEST.fullmatch(part.value)]


def is_by_need(part):
    """An assignment to one of these settings, or a dictionary that holds one."""
    if isinstance(part, ast.Assign):
        return getattr(part.targets[0], "id", "") in NAMED_BY_NEED
    return isinstance(part, ast.Dict) and any(getattr(key, "value", "") in NAMED_BY_NEED for key in part.keys)


GUEST = re.compile(rf"({'|'.join(sorted(GUESTS))})(\.[\w.]+)?")


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if {"core", "settings"} & set(path.relative_to(settings.BASE_DIR).parts[:2])],
    ids=name_of,
)
def test_the_kernel_and_the_settings_name_no_guest(path):
    assert named_guests(path) == []
