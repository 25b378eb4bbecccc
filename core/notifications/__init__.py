"""What a person is told: once a key, outside of their quiet hours, in the app and by mail."""

from core.notifications.services import Note, notify, notify_many

__all__ = ["Note", "notify", "notify_many"]
