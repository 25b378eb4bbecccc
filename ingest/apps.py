"""Everything from outside that becomes rows of the ledger."""

from datetime import timedelta

from django.apps import AppConfig

from core import hooks


class IngestConfig(AppConfig):
    name = "ingest"
    verbose_name = "Imports"

    def ready(self) -> None:
        from ingest import scopes

        hooks.join(
            hooks.Contributions(
                scopes=scopes.ALL,
                tags={
                    "ingest": "Bank statements on their way into the ledger.",
                },
                schedule={
                    "forget-old-files": {"task": "ingest.forget_old_files", "schedule": timedelta(hours=6)},
                },
                staff_pages=(
                    hooks.StaffPage(hooks.JOBS, "Statement imports", "upload_file", "ingest.statementimport"),
                ),
            )
        )
