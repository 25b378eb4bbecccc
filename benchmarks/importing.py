"""Rows a second from a file to the ledger and, in the same run, of the same file again."""

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.files.base import File
from django.utils import timezone

from benchmarks.database import scratch_database
from benchmarks.figures import told
from benchmarks.statements import write_csv, write_ofx
from core.jobs import claim
from ingest.models import StagedBatch, StatementImport
from ingest.services.posting import post
from ingest.services.staging import stage
from transactions.categoriser import shipped_categoriser
from transactions.models import Account, Transaction
from users.models import User
from users.services import create_person

SIZES = (10_000, 100_000)
WRITERS: dict[str, Callable[..., None]] = {"csv": write_csv, "ofx": write_ofx}


def main() -> None:
    """Print a line for each format and size: first and second import, each split into its two steps."""
    # What a worker has loaded before its first import, in this order.
    current_app.loader.import_default_modules()
    shipped_categoriser()
    print("Importing (rows a second; read = parse + categorise + stage, post = dedupe + write)")
    print(
        f"{'format':<7}{'rows':>8}{'first':>16}{'read':>16}{'post':>16}{'again':>16}{'again/first':>20}{'peak MB':>16}"
    )
    with scratch_database(), tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        for kind, write in WRITERS.items():
            for size in SIZES:
                _measure(kind, write, size, Path(folder))


def _measure(kind: str, write: Callable[..., None], size: int, folder: Path) -> None:
    person = create_person(email=f"{kind}{size}@example.org", password="bench mark person 1", country="DE")
    account = Account.objects.create(user=person, name="Bench", kind="checking", currency="EUR")
    path = folder / f"{size}.{kind}"
    write(path, size)
    read, posted = _import(person, account, path)
    if Transaction.objects.filter(account=account).count() != size:
        raise RuntimeError("The ledger does not hold every row of the file.")
    read_again, posted_again = _import(person, account, path)
    if Transaction.objects.filter(account=account).count() != size:
        raise RuntimeError("The second import has doubled rows.")
    first, again = read + posted, read_again + posted_again
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rates = {"first": first, "read": read, "post": posted, "again": again}
    name = f"importing {kind} {size}"
    print(
        f"{kind:<7}{size:>8}"
        + "".join(
            told(f"{name} {step}", size / seconds, "rows/s", ">9.0f") for step, seconds in rates.items()
        )
        + told(f"{name} again/first", first / again, "times", ">13.2f")
        + told(f"{name} peak", peak, "MB", ">9.0f")
    )


def _import(person: User, account: Account, path: Path) -> tuple[float, float]:
    with path.open("rb") as source:
        statement = StatementImport(
            user=person, account=account, filename=path.name, size=path.stat().st_size
        )
        statement.file.save(path.name, File(source), save=True)
    started = time.perf_counter()
    held = claim(StatementImport, job_id=statement.pk, now=timezone.now())
    if held is None:
        raise RuntimeError("The job could not be claimed.")
    stage(held, clock=timezone.now)
    staged = time.perf_counter()
    post(held, now=timezone.now())
    ended = time.perf_counter()
    StagedBatch.objects.all().delete()
    return staged - started, ended - staged
