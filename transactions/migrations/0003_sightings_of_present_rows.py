"""Every row that is there was seen by the source that made it."""

from typing import Any
from uuid import uuid4

from django.db import migrations

BATCH = 2000


def add_sightings(apps: Any, _: Any) -> None:
    Transaction = apps.get_model("transactions", "Transaction")
    Sighting = apps.get_model("transactions", "Sighting")
    seen = Transaction.objects.exclude(import_id__isnull=False, external_id=None).order_by("pk")
    batch: list[Any] = []
    for row in seen.iterator(chunk_size=BATCH):
        batch.append(
            Sighting(
                id=uuid4(),
                user_id=row.user_id,
                transaction_id=row.pk,
                source=row.source,
                external_id=f"{row.account_id.hex}:{row.external_id}" if row.external_id else row.pk.hex,
                account_id=row.account_id,
                date=row.date,
                amount=row.amount,
                currency=row.currency,
                description=row.description,
                status=row.status,
                link="origin",
                import_id=row.import_id,
            )
        )
        if len(batch) == BATCH:
            Sighting.objects.bulk_create(batch)
            batch.clear()
    Sighting.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("transactions", "0002_evidence_rules_recurring")]

    operations = [migrations.RunPython(add_sightings, migrations.RunPython.noop)]
