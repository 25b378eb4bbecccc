"""Two groups of staff, with exactly the permissions that docs/staff.md names."""

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SUPPORT = {
    "users": ["view_user", "view_preferences", "view_settings"],
    "ingest": ["view_statementimport", "change_statementimport"],
    "core": ["view_auditentry"],
}
TIMINGS = ("periodictask", "intervalschedule", "crontabschedule", "clockedschedule", "solarschedule")
OPERATIONS = {
    "django_celery_beat": [
        f"{verb}_{name}" for name in TIMINGS for verb in ("add", "change", "delete", "view")
    ],
    "django_celery_results": ["view_taskresult"],
    "ingest": ["view_statementimport", "change_statementimport"],
    "transactions": [
        f"view_{name}"
        for name in ("account", "category", "merchant", "split", "tag", "transaction", "transfer")
    ],
    "core": ["view_auditentry"],
}


def create_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    # Permissions are otherwise made once all migrations have run.
    for label in {*SUPPORT, *OPERATIONS}:
        create_permissions(installed_apps.get_app_config(label), apps=apps, verbosity=0)
    for name, granted in (("Support", SUPPORT), ("Operations", OPERATIONS)):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for label, codenames in granted.items():
            permissions = apps.get_model("auth", "Permission").objects.filter(
                content_type__app_label=label, codename__in=codenames
            )
            group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("transactions", "0001_initial"),
        ("ingest", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
        ("django_celery_results", "0014_alter_taskresult_status"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
