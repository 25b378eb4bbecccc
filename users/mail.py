"""Letters to a person about their own account, in their language."""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk, user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import pgettext

from core.errors import DomainError
from core.languages import language_of
from core.writing import written_deadline
from users.models import User


def send_password_reset(*, email: str, now: datetime) -> None:
    """Send a link to choose a new password; nothing where the address is unknown or the person inactive.

    The letter says until when the link works, on the person's clock.
    """
    user = User.objects.of_address(email).filter(is_active=True).first()
    if user is None:
        return
    key = {"uid": user_pk_to_url_str(user), "token": default_token_generator.make_token(user)}
    link = f"{settings.PASSWORD_RESET_URL}?{urlencode(key)}"
    end = now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    language = language_of(user.locale)
    # The month has a name: a letter in English for want of a translation has it in English too.
    locale = user.locale if user.locale.partition("-")[0] == language else language
    until = written_deadline(end, zone=ZoneInfo(user.time_zone), locale=locale)
    with translation.override(language):
        subject, text = pgettext("letter", "Choose a new password"), _reset_text()
    send_mail(subject, text.format(link=link, until=until), settings.DEFAULT_FROM_EMAIL, [user.email])


def _reset_text() -> str:
    paragraphs = (
        pgettext("letter", "Hello,"),
        pgettext(
            "letter",
            "somebody, most likely you, asked for a new password for this address. Choose one here:",
        ),
        "{link}",
        pgettext(
            "letter",
            "The link works once, until {until}. If it was not you, there is nothing to do: "
            "your password is unchanged.",
        ),
    )
    return "\n\n".join(paragraphs) + "\n"


def user_of_reset_link(*, uid: str, token: str) -> User:
    """Whose link it is; raises 400 ``RESET_LINK_INVALID`` for one that is wrong, used or old."""
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uid), is_active=True).first()
    except (ValueError, ValidationError, OverflowError):
        user = None
    if user is None or not default_token_generator.check_token(user, token):
        raise DomainError("This link is not valid, or no longer.", code="RESET_LINK_INVALID", http_status=400)
    return user
