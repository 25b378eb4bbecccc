"""Shows how a statement file would be read; the database is not touched."""

from argparse import ArgumentParser
from dataclasses import asdict
from json import dumps, loads
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ingest.domain.outline import Outline, RowLine, outline
from ingest.domain.statement import Problem, UnreadableStatementError
from ingest.services.staging import open_statement

SHOWN_ROWS = 20


class Command(BaseCommand):
    help = "Show how a statement file would be read, without touching the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print everything as one JSON object.")
        parser.add_argument("--layout", type=loads, help="Corrections of the layout, as JSON.")

    def handle(
        self,
        *_: object,
        file: Path,
        json: bool,
        layout: dict[str, object] | None,
        **_options: object,
    ) -> None:
        show = self._show_json if json else self._show
        try:
            with file.open("rb") as source:
                show(outline(open_statement(source, filename=file.name, layout=layout)))
        except OSError as exc:
            raise CommandError(f"{file}: {exc.strerror}") from exc
        except UnreadableStatementError as exc:
            if json:
                self._show_json(Outline(problems=[Problem(exc.line, exc.message, rejected=True)]))
            where = f" (line {exc.line})" if exc.line else ""
            raise CommandError(f"{file.name} cannot be read{where}: {exc.message}") from exc

    def _show_json(self, read: Outline) -> None:
        self.stdout.write(dumps(asdict(read), ensure_ascii=False, indent=2))

    def _show(self, read: Outline) -> None:
        self.stdout.write(f"Format: {read.format}")
        for name, part in read.layout.items():
            self.stdout.write(f"  {name}: {part['value']} (confidence {part['confidence']:.2f})")
        for account in read.accounts:
            self.stdout.write(f"Account: {account.number} {account.currency or ''} {account.kind}".rstrip())
        self._show_rows("Transactions", read.transactions)
        self._show_rows("Pending", read.pending)
        for problem in read.problems:
            where = f"Line {problem.line}: " if problem.line else ""
            self.stdout.write(f"{'Rejected' if problem.rejected else 'Remark'}: {where}{problem.message}")

    def _show_rows(self, title: str, rows: list[RowLine]) -> None:
        self.stdout.write(f"{title}: {len(rows)}")
        for row in rows[:SHOWN_ROWS]:
            amount = f"{row.amount} {row.currency or ''}".rstrip()
            self.stdout.write(f"  {row.date}  {amount:>16}  {row.description[:70]}")
        if len(rows) > SHOWN_ROWS:
            self.stdout.write(f"  … and {len(rows) - SHOWN_ROWS} more")
