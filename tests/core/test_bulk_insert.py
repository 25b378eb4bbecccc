import datetime as dt

import pytest
from django.db import transaction

from core.bulk_insert import insert_rows
from core.ids import uuid7
from transactions.models import Tag
from users.models import User

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def tag(user: User, name: str) -> dict[str, object]:
    return {"id": uuid7(), "created_at": NOW, "updated_at": NOW, "user_id": user.pk, "name": name}


def test_rows_are_written_by_the_names_of_their_columns(alice: User) -> None:
    backwards = dict(reversed(tag(alice, "work").items()))

    insert_rows(Tag, iter([tag(alice, "holiday"), backwards]))

    assert set(Tag.objects.values_list("name", "user_id", "created_at")) == {
        ("holiday", alice.pk, NOW),
        ("work", alice.pk, NOW),
    }


def test_no_rows_are_nothing_to_write(alice: User) -> None:
    insert_rows(Tag, [])

    assert not Tag.objects.exists()


@pytest.mark.parametrize("change", [lambda row: row.pop("name"), lambda row: row.update(colour="red")])
def test_a_row_of_other_columns_than_the_first_is_refused_and_nothing_is_written(alice: User, change) -> None:
    other = tag(alice, "work")
    change(other)

    refusal = "Expected id, created_at, updated_at, user_id, name; got"
    with pytest.raises(ValueError, match=refusal), transaction.atomic():
        insert_rows(Tag, [tag(alice, "holiday"), other])

    assert not Tag.objects.exists()
