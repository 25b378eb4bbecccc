"""Shows how a statement file would be read; the database is not touched."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.domain.outline import outline
from ingest.domain.statement import UnreadableStatementError
from ingest.services.staging import open_statement

SHOWN_ROWS = 20


class Command(BaseCommand):
    help = "Show how a statement file would be read, without touching the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print everything as one JSON object.")
        parser.add_argument("--layout", type=json.loads, help="Corrections of the layout, as JSON.")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        show = self._show_json if options["json"] else self._show
        try:
            with path.open("rb") as source:
                show(outline(open_statement(source, filename=path.name, layout=options["layout"])))
        except OSError as exc:
            raise CommandError(f"{path}: {exc.strerror}") from exc
        except UnreadableStatementError as exc:
            if options["json"]:
                self._show_json(_nothing(exc))
            where = f" (line {exc.line})" if exc.line else ""
            raise CommandError(f"{path.name} cannot be read{where}: {exc.message}") from exc

    def _show_json(self, read: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(read, ensure_ascii=False, indent=2))

    def _show(self, read: dict[str, Any]) -> None:
        self.stdout.write(f"Format: {read['format']}")
        for name, part in read["layout"].items():
            self.stdout.write(f"  {name}: {part['value']} (confidence {part['confidence']:.2f})")
        for account in read["accounts"]:
            self.stdout.write(
                f"Account: {account['number']} {account['currency'] or ''} {account['kind']}".rstrip()
            )
        for status in ("transactions", "pending"):
            self._show_rows(status, read[status])
        for problem in read["problems"]:
            where = f"Line {problem['line']}: " if problem["line"] else ""
            self.stdout.write(
                f"{'Rejected' if problem['rejected'] else 'Remark'}: {where}{problem['message']}"
            )

    def _show_rows(self, title: str, rows: list[dict[str, Any]]) -> None:
        self.stdout.write(f"{title.capitalize()}: {len(rows)}")
        for row in rows[:SHOWN_ROWS]:
            amount = f"{row['amount']} {row['currency'] or ''}".rstrip()
            self.stdout.write(f"  {row['date']}  {amount:>16}  {row['description'][:70]}")
        if len(rows) > SHOWN_ROWS:
            self.stdout.write(f"  … and {len(rows) - SHOWN_ROWS} more")


def _nothing(exc: UnreadableStatementError) -> dict[str, Any]:
    problem = {"line": exc.line, "message": exc.message, "rejected": True}
    return {
        "format": None, "layout": {}, "accounts": [], "transactions": [], "pending": [], "problems": [problem],
    }  # fmt: skip
