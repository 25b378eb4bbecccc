"""The days of goals are called as every other day is, in the plans that were kept too, which say all they could."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rewrite_plans(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    plans = apps.get_model("goals", "ActionPlan").objects
    for plan in plans.iterator(chunk_size=500):
        plan.request = {"unused_subscriptions": [], "one_offs": []} | plan.request
        changes = plan.answer["changes"]
        if changes and "later_date" in changes:
            changes["later_on"] = changes.pop("later_date")
        plan.save(update_fields=["request", "answer"])


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_staff_groups")]

    operations = [
        migrations.RenameField("goal", "target_date", "target_on"),
        migrations.RunPython(rewrite_plans, migrations.RunPython.noop),
    ]
