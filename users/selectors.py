"""What others may know of people."""

from collections.abc import Collection
from uuid import UUID
from zoneinfo import ZoneInfo

from core.hooks import Wishes
from users.models import Preferences


def wishes_of(user_ids: Collection[UUID]) -> dict[UUID, Wishes]:
    """How these people want to be told, as far as they have preferences.

    Mail goes to active people only and, like letters about the account, whether their address is verified or not.
    """
    wanted = Preferences.objects.filter(user_id__in=user_ids).select_related("user")
    return {
        each.user_id: Wishes(
            in_app=each.notify_in_app,
            address=each.user.email if each.notify_by_email and each.user.is_active else "",
            zone=ZoneInfo(each.user.time_zone),
            quiet_from=each.quiet_from,
            quiet_until=each.quiet_until,
        )
        for each in wanted
    }
