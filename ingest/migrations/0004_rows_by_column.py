from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def turn_rows_into_columns(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    batches = apps.get_model("ingest", "StagedBatch").objects.order_by("pk")
    for batch in batches.iterator(chunk_size=10):
        rows = batch.rows
        batch.outcomes = [row["outcome"] for row in rows if "outcome" in row]
        names = [name for name in rows[0] if name != "outcome"] if rows else []
        batch.rows = {name: [row[name] for row in rows] for name in names}
        batch.save(update_fields=["rows", "outcomes"])


def turn_columns_into_rows(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    batches = apps.get_model("ingest", "StagedBatch").objects.order_by("pk")
    for batch in batches.iterator(chunk_size=10):
        rows = [
            dict(zip(batch.rows, values, strict=True)) for values in zip(*batch.rows.values(), strict=True)
        ]
        for row, outcome in zip(rows, batch.outcomes, strict=False):
            row["outcome"] = outcome
        batch.rows = rows
        batch.save(update_fields=["rows"])


class Migration(migrations.Migration):
    dependencies = [
        ("ingest", "0003_rows_matched"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagedbatch",
            name="outcomes",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="stagedbatch",
            name="rows",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(turn_rows_into_columns, turn_columns_into_rows),
    ]
