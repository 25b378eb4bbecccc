"""Letters to a person about their own account."""

from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk, user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail

from core.errors import DomainError
from users.models import User

RESET_TEXT = """Hello,

somebody, most likely you, asked for a new password for this address. Choose one here:

{link}

The link works once, for a limited time. If it was not you, there is nothing to do: your password is unchanged.
"""


def send_password_reset(*, email: str) -> None:
    """Send a link to choose a new password; nothing where the address is unknown or the person inactive."""
    user = User.objects.of_address(email).filter(is_active=True).first()
    if user is None:
        return
    key = {"uid": user_pk_to_url_str(user), "token": default_token_generator.make_token(user)}
    link = f"{settings.PASSWORD_RESET_URL}?{urlencode(key)}"
    send_mail(
        "Choose a new password", RESET_TEXT.format(link=link), settings.DEFAULT_FROM_EMAIL, [user.email]
    )


def user_of_reset_link(*, uid: str, token: str) -> User:
    """Whose link it is; raises 400 ``RESET_LINK_INVALID`` for one that is wrong, used or old."""
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uid), is_active=True).first()
    except (ValueError, ValidationError, OverflowError):
        user = None
    if user is None or not default_token_generator.check_token(user, token):
        raise DomainError("This link is not valid, or no longer.", code="RESET_LINK_INVALID", http_status=400)
    return user
