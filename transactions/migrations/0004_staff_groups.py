"""The ledger's newer tables for the group of staff that sees the ledger, as docs/staff.md names it."""

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUP = "Operations"
TABLES = (
    "keptapart",
    "reconciliation",
    "recurringseries",
    "rule",
    "rulerun",
    "sighting",
    "verdict",
)
GRANTED = [*(f"view_{name}" for name in TABLES), "change_rulerun"]


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    # A group that has been deleted since it was shipped stays so.
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is None:
        return
    # Permissions are otherwise made once all migrations have run.
    create_permissions(installed_apps.get_app_config("transactions"), apps=apps, verbosity=0)
    group.permissions.add(
        *apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="transactions", codename__in=GRANTED
        )
    )


class Migration(migrations.Migration):
    dependencies = [
        ("transactions", "0003_sightings_of_present_rows"),
        ("ingest", "0002_staff_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
