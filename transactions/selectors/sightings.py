"""How sources know what they have told of."""

from transactions.models import Account
from users.models import User


def ids_on_any_account(user: User, external_id: str) -> list[str]:
    """What a sighting of this id is kept under, whether its account was known when it came or not."""
    accounts = Account.objects.for_user(user).values_list("pk", flat=True)
    return [external_id, *(f"{pk.hex}:{external_id}" for pk in accounts)]
