"""Letters are written in the language of the person who gets them."""

# ruff: noqa: RUF001 (people write in many scripts)

import datetime as dt
import re

import pytest
from django.core import mail

from tests.factories import PersonFactory
from users.mail import send_password_reset

NOW = dt.datetime(2026, 11, 21, 17, 1, tzinfo=dt.UTC)


def letter_to(**fields):
    person = PersonFactory(email="carol@example.org", **fields)
    send_password_reset(email=person.email, now=NOW)
    [letter] = mail.outbox
    return letter.subject, re.sub("[\xa0\u202f]", " ", letter.body)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "subject", "beginning", "until"),
    [
        ("en", "Choose a new password", "Hello,", "until November 24, 2026, 7:01 PM (GMT+02:00)."),
        ("de-AT", "Neues Passwort wählen", "Hallo,", "bis 24. November 2026, 19:01 (GMT+02:00)."),
        ("es", "Elige una contraseña nueva", "Hola:", "hasta el 24 de noviembre de 2026, 19:01 (GMT+02:00)."),
        (
            "fr",
            "Choisissez un nouveau mot de passe",
            "Bonjour,",
            "jusqu’au 24 novembre 2026, 19:01 (UTC+02:00).",
        ),
        ("bg", "Изберете нова парола", "Здравейте,", "до 24 ноември 2026 г., 19:01 (Гринуич+02:00)."),
        ("it", "Choose a new password", "Hello,", "until November 24, 2026, 7:01 PM (GMT+02:00)."),
    ],
)
def test_a_letter_is_in_the_persons_language_and_says_when_its_link_ends_on_their_clock(
    locale, subject, beginning, until
):
    written = letter_to(locale=locale, time_zone="Europe/Sofia")

    assert written[0] == subject
    assert written[1].startswith(f"{beginning}\n\n")
    assert until in written[1]
    assert len(re.findall(r"^http\S+\?uid=\S+&token=\S+$", written[1], re.MULTILINE)) == 1
    assert "{" not in written[1]


@pytest.mark.django_db
def test_the_end_is_the_one_that_the_link_has(settings):
    settings.PASSWORD_RESET_TIMEOUT = 3600

    assert "until November 21, 2026, 6:01 PM (GMT+00:00)." in letter_to(locale="en")[1]
