"""The codes of errors that the source can raise, read from the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
APPS = ("core", "users", "transactions", "debts", "budgets", "goals", "ingest")
# In capitals without being codes, or told to staff alone.
NO_CODES = {
    "DJANGO_SETTINGS_MODULE", "HTTP_X_REQUEST_ID", "MAIL_NOT_WANTED", "OWN_ACCOUNT", "ROUND_CEILING", "TASK_UNKNOWN",
}  # fmt: skip
OF_ONE_WORD = {"CONFLICT", "UNAVAILABLE"}
FAULT = re.compile(r"[a-z]+(_[a-z0-9]+)*")
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
NAMED = {"code", "violation_error_code", "default_code"}


def error_codes() -> set[str]:
    """Every constant that looks like an error's code."""
    found = {
        node.value for node in _nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in found if text in OF_ONE_WORD or CODE.fullmatch(text)} - NO_CODES


def fault_codes() -> set[str]:
    """Every code in small letters that is given to an error of a field."""
    given = {value for node in _nodes() if isinstance(node, ast.Call) for value in _code_of(node)}
    return {value for value in given if FAULT.fullmatch(value)}


def _code_of(call: ast.Call) -> Iterator[str]:
    named = [each.value for each in call.keywords if each.arg in NAMED]
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    placed = call.args[
        {
            "field_error": 2,
            "parameter_error": 2,
            "header_error": 2,
            "address_error": 2,
            "DayError": 1,
            "ErrorDetail": 1,
            "ValidationError": 1,
        }.get(name, len(call.args)) :
    ][:1]
    for node in (*named, *placed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _nodes() -> Iterator[ast.AST]:
    for app in APPS:
        for path in (ROOT / app).glob("**/*.py"):
            if "migrations" not in path.parts:
                yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))
