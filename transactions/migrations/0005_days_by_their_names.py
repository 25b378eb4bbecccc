"""The day of a rate is ``rate_on``, as every day is told by what happened on it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rename_in_sightings(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """What a sighting changed on its row is kept by the names of columns, to be taken back one day."""
    for sighting in apps.get_model("transactions", "Sighting").objects.exclude(changes={}).iterator():
        for changes in (sighting.changes, sighting.changes.get("merged_into", {})):
            if "rate_date" in changes:
                changes["rate_on"] = changes.pop("rate_date")
        sighting.save(update_fields=["changes"])


class Migration(migrations.Migration):
    dependencies = [("transactions", "0004_staff_groups")]

    operations = [
        migrations.RenameField(model_name="transaction", old_name="rate_date", new_name="rate_on"),
        migrations.RunPython(rename_in_sightings, migrations.RunPython.noop),
    ]
