from importlib import import_module

import pytest
from django.apps import apps

from ingest.models import StagedBatch, StatementImport
from users.models import User

migration = import_module("ingest.migrations.0004_rows_by_column")


@pytest.mark.django_db
def test_batches_that_were_staged_before_are_read_as_columns_and_back(alice: User) -> None:
    statement = StatementImport.objects.create(user=alice, filename="march.csv", size=1)
    posted = [
        {"line": 2, "amount": "-1.00", "outcome": "new"},
        {"line": 3, "amount": "2.00", "outcome": "matched"},
    ]
    waiting = [{"line": 4, "amount": "-3.00"}]
    for sequence, rows in enumerate([posted, waiting, []]):
        StagedBatch.objects.create(statement=statement, sequence=sequence, items=len(rows), rows=rows)

    migration.turn_rows_into_columns(apps, None)

    assert list(StagedBatch.objects.order_by("sequence").values_list("rows", "outcomes")) == [
        ({"line": [2, 3], "amount": ["-1.00", "2.00"]}, ["new", "matched"]),
        ({"line": [4], "amount": ["-3.00"]}, []),
        ({}, []),
    ]

    migration.turn_columns_into_rows(apps, None)

    assert list(StagedBatch.objects.order_by("sequence").values_list("rows", flat=True)) == [
        posted,
        waiting,
        [],
    ]
