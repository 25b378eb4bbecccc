"""The project's own files, read as the tools that use them would."""

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# docker compose reads these; the application does not.
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "WEB_PROCESSES", "PORT"}


def documented_settings() -> dict[str, str]:
    """Name and default of every setting in .env.example."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(re.fullmatch(r"#([A-Z_]+)=(.*)", line).groups() for line in lines if _is_setting(line))


def undescribed_settings() -> list[str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return [line for above, line in pairwise(lines) if _is_setting(line) and not above.startswith("# ")]


def _is_setting(line: str) -> bool:
    return bool(re.match(r"#?[A-Z_]+=", line))


def settings_read() -> dict[str, ast.expr | None]:
    """Name and default expression of every ``env.<type>(NAME, default=...)`` in the settings."""
    found: dict[str, ast.expr | None] = {}
    for path in sorted((ROOT / "config" / "settings").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if _reads_environment(call):
                default = next((word.value for word in call.keywords if word.arg == "default"), None)
                found[call.args[0].value] = default or found.get(call.args[0].value)
    return found


def _reads_environment(node: Any) -> bool:
    is_env = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_env and ast.unparse(node.func.value) == "env" and isinstance(node.args[0], ast.Constant)


def literal(expression: ast.expr) -> str | None:
    """A default as it is written in a .env file; None where it is computed from something else."""
    try:
        value = eval(compile(ast.Expression(expression), "default", "eval"), {"__builtins__": {}})
    except NameError:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, list) else str(value)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
