"""A plan starts on ``starts_on``, and what a purchase costs is its ``amount``."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rename_in_answers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    for plan in apps.get_model("debts", "PaymentPlan").objects.iterator():
        for body in (plan.request, plan.baseline):
            if "start_date" in body:
                body["starts_on"] = body.pop("start_date")
        plan.baseline = {"certificate": None, "transfers": None, **plan.baseline}
        for name in ("payoffs", "debts", "warnings"):
            plan.baseline[name] = [{"id": None, **each} for each in plan.baseline[name]]
        plan.save(update_fields=["request", "baseline"])


class Migration(migrations.Migration):
    dependencies = [("debts", "0002_staff_groups")]

    operations = [
        migrations.RenameField("paymentplan", "start_date", "starts_on"),
        migrations.RemoveConstraint("instalmentpurchase", "instalment_total_positive"),
        migrations.RenameField("instalmentpurchase", "total", "amount"),
        migrations.AddConstraint(
            "instalmentpurchase",
            models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="instalment_amount_positive",
                violation_error_message="The amount is more than nothing.",
            ),
        ),
        migrations.RunPython(rename_in_answers, migrations.RunPython.noop),
    ]
