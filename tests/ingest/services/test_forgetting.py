"""The files that people sent are not kept for ever."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from core.errors import DomainError
from ingest.models import StagedBatch, StatementImport
from ingest.services.requests import forget_old_files, retry_import
from tests.factories import act_of
from tests.ingest.conftest import Import, csv_of
from users.models import User

ROWS = [("2026-03-01", "LIDL", "-12.00")]


def kept() -> Path:
    return Path(StatementImport.objects.get().file.path)


def test_the_file_of_an_import_that_ended_long_ago_is_deleted(bring_in: Import) -> None:
    bring_in(csv_of(ROWS))
    path = kept()
    assert path.is_file()

    assert forget_old_files(before=timezone.now() + dt.timedelta(seconds=1)) == 1

    assert not path.exists()
    assert not StagedBatch.objects.exists()
    assert StatementImport.objects.get().rows_new == 1


def test_the_file_of_a_recent_import_stays(bring_in: Import) -> None:
    bring_in(csv_of(ROWS))

    assert forget_old_files(before=timezone.now() - dt.timedelta(days=1)) == 0

    assert kept().is_file()


def test_an_import_whose_file_is_gone_cannot_be_tried_again(bring_in: Import, alice: User) -> None:
    bring_in(b"nothing that a bank would write")
    forget_old_files(before=timezone.now() + dt.timedelta(seconds=1))
    statement = StatementImport.objects.get()

    with pytest.raises(DomainError) as refusal:
        retry_import(statement, act=act_of(alice))

    assert refusal.value.get_codes() == "FILE_FORGOTTEN"
    assert StatementImport.objects.get().status == StatementImport.Status.FAILED
