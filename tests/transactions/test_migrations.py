"""What was kept under an older name is found under the one of today."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.factories import TransactionFactory
from transactions.models import Sighting
from users.models import User

migration = import_module("transactions.migrations.0005_days_by_their_names")


@pytest.mark.django_db
def test_what_a_sighting_changed_can_still_be_taken_back(alice: User) -> None:
    row = TransactionFactory(account__user=alice)

    def sighting(name: str, **changes: object) -> Sighting:
        return Sighting.objects.create(
            user=alice, transaction=row, source="email", external_id=name, date=row.date, amount=row.amount,
            currency=row.currency, status="posted", link="matched", changes=changes,
        )  # fmt: skip

    own = sighting("1", rate_date=[None, "2026-03-10"], date=["2026-03-09", "2026-03-10"])
    moved = sighting("2", merged_into={"rate_date": [None, "2026-03-10"]})
    other = sighting("3", amount=["-1.0000", "-2.0000"])

    migration.rename_in_sightings(apps, None)

    for each in (own, moved, other):
        each.refresh_from_db()
    assert own.changes == {"date": ["2026-03-09", "2026-03-10"], "rate_on": [None, "2026-03-10"]}
    assert moved.changes == {"merged_into": {"rate_on": [None, "2026-03-10"]}}
    assert other.changes == {"amount": ["-1.0000", "-2.0000"]}
