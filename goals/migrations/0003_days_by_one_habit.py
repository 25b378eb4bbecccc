"""The days of goals are called as every other day is, in the plans that were kept too."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rename_in_plans(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    plans = apps.get_model("goals", "ActionPlan").objects
    for plan in plans.exclude(answer__changes=None).iterator(chunk_size=500):
        changes = plan.answer["changes"]
        if "later_date" in changes:
            changes["later_on"] = changes.pop("later_date")
            plan.save(update_fields=["answer"])


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_staff_groups")]

    operations = [
        migrations.RenameField("goal", "target_date", "target_on"),
        migrations.RunPython(rename_in_plans, migrations.RunPython.noop),
    ]
