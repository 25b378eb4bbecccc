"""Who carries letters is one address."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from config.settings.mail import carried_by


@pytest.mark.parametrize(
    ("address", "backend"),
    [
        ("consolemail://", "django.core.mail.backends.console.EmailBackend"),
        ("smtp+tls://solvent:s3cret@mail.example:587", "django.core.mail.backends.smtp.EmailBackend"),
        ("anymail+postmark://?server_token=s3cret", "anymail.backends.postmark.EmailBackend"),
        ("anymail+unisender-go://?api_key=s3cret", "anymail.backends.unisender_go.EmailBackend"),
    ],
)
def test_the_scheme_says_who_carries_them(address: str, backend: str) -> None:
    assert carried_by(address)["EMAIL_BACKEND"] == backend


def test_a_mail_server_s_own_settings() -> None:
    found = carried_by("smtp+tls://solvent:s3%2Fcret@mail.example:587")

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("solvent", "s3/cret")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        (
            "anymail+mailgun://?api_key=k-1&sender_domain=mg.example.org",
            {"MAILGUN_API_KEY": "k-1", "MAILGUN_SENDER_DOMAIN": "mg.example.org"},
        ),
        ("anymail+brevo://?api_key=a%2Bb%26c", {"BREVO_API_KEY": "a+b&c"}),
    ],
)
def test_a_service_s_own_settings_and_that_it_is_not_waited_for_long(
    address: str, own: dict[str, str], settings: Any
) -> None:
    found = carried_by(address)

    assert found["ANYMAIL"] == {"REQUESTS_TIMEOUT": (5, 10), **own}
    settings.EMAIL_BACKEND, settings.ANYMAIL = found["EMAIL_BACKEND"], found["ANYMAIL"]
    assert get_connection().timeout == (5, 10)


def test_a_service_that_nobody_knows_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL: Anymail knows no service “pigeon”"):
        carried_by("anymail+pigeon://?api_key=s3cret")
