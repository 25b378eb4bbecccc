"""Identity."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = "People"

    def ready(self) -> None:
        from core.notifications import wishes
        from users.selectors import wishes_of

        wishes.on_asked.append(wishes_of)
