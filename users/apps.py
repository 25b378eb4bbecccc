"""Identity."""

from datetime import timedelta

from django.apps import AppConfig

from core import hooks

PEOPLE = hooks.Section("People", 10)


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = "People"

    def ready(self) -> None:
        from users import scopes
        from users.selectors import wishes_of

        hooks.join(
            hooks.Contributions(
                scopes=scopes.ALL,
                wishes=wishes_of,
                tags={
                    "auth": "Signing in and out, and passwords.",
                    "users": "A person's own data.",
                },
                schedule={
                    "forget-old-sign-ins": {
                        "task": "users.forget_old_sign_ins",
                        "schedule": timedelta(hours=6),
                    },
                },
                staff_pages=(
                    hooks.StaffPage(PEOPLE, "Users", "person", "users.user"),
                    hooks.StaffPage(PEOPLE, "Groups of staff", "badge", "auth.group"),
                ),
            )
        )
