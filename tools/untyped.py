"""Count what types leave open, and hold each app to the least it has had.

A line counts that has the word ``Any``, or a ``type: ignore``. Tests, migrations, measurements and documents do not
count. The kept numbers stand in ``untyped.json``; where one has fallen it is to be lowered, so that it never grows
again.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tools" / "untyped.json"
APPS = ("budgets", "config", "core", "debts", "goals", "ingest", "transactions", "users")
LOOKED_FOR = {"Any": re.compile(r"\bAny\b"), "type: ignore": re.compile(r"#\s*type:\s*ignore\b")}
LEFT_OUT = {"migrations", "tests"}

# By app, how many lines there are of each kind.
Counts: TypeAlias = Mapping[str, Mapping[str, int]]


def counted(root: Path, apps: Iterable[str] = APPS) -> Counts:
    """How many lines of each app leave a type open, by kind."""
    return {app: _of_files(_modules(root / app)) for app in apps}


def grown(kept: Counts, found: Counts) -> list[str]:
    """What is more than was kept, in words; an app that is not kept had none."""
    return [
        f"{app}: {number} lines with “{kind}”, {kept.get(app, {}).get(kind, 0)} are kept. Write a true type."
        for app, numbers in found.items()
        for kind, number in numbers.items()
        if number > kept.get(app, {}).get(kind, 0)
    ]


def fallen(kept: Counts, found: Counts) -> list[str]:
    """What is less than was kept, in words; an app that is gone has none."""
    return [
        f"{app}: {found.get(app, {}).get(kind, 0)} lines with “{kind}”, {number} are kept."
        for app, numbers in kept.items()
        for kind, number in numbers.items()
        if found.get(app, {}).get(kind, 0) < number
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Hold each app to the least of open types that it has had.")
    parser.add_argument("--write", action="store_true", help="keep the numbers as they are now")
    asked = parser.parse_args(arguments)
    found = counted(ROOT)
    if asked.write:
        KEPT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        return 0
    kept: Counts = json.loads(KEPT.read_text(encoding="utf-8"))
    more, less = grown(kept, found), fallen(kept, found)
    for line in (*more, *less):
        print(line)
    if less and not more:
        print("Well done; `make untyped` lowers the kept numbers.")
    return 1 if more else 0


def _of_files(paths: Iterable[Path]) -> dict[str, int]:
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return {kind: sum(1 for line in lines if word.search(line)) for kind, word in LOOKED_FOR.items()}


def _modules(folder: Path) -> list[Path]:
    return [
        path for path in sorted(folder.rglob("*.py")) if not LEFT_OUT & set(path.relative_to(folder).parts)
    ]


if __name__ == "__main__":
    sys.exit(main())
