"""Letters leave, or it is said why not and whether they ever will."""

import socket

import pytest

from core.adapters.mail import OutgoingMail, UndeliveredError
from tests.core.adapters.carriers import MailServer, Postmark, carried_by, serving


@pytest.fixture
def server(settings):
    with serving(MailServer()) as server:
        carried_by(settings, server.url)
        yield server


@pytest.fixture
def postmark(settings):
    with serving(Postmark()) as server:
        carried_by(settings, server.url)
        yield server


def send(mail, address="carol@example.org", subject="Dining is overspent", text="35.00 EUR of 25.00 EUR"):
    mail.send(address, subject=subject, text=text)


def refusal(**letter):
    with OutgoingMail() as mail, pytest.raises(UndeliveredError) as refused:
        send(mail, **letter)
    return refused.value


def test_letters_share_a_connection(server):
    with OutgoingMail() as mail:
        send(mail)
        send(mail, subject="Groceries are overspent")

    assert server.sessions == 1
    first, second = server.letters
    assert "From: Solvent <no-reply@localhost>\r\nTo: carol@example.org\r\n" in first
    assert "Subject: Dining is overspent\r\n" in first
    assert 'Content-Type: text/plain; charset="utf-8"\r\n' in first
    assert first.endswith("\r\n\r\n35.00 EUR of 25.00 EUR\r\n")
    assert "Subject: Groceries are overspent\r\n" in second


def test_nothing_to_send_opens_no_connection(server):
    with OutgoingMail():
        pass

    assert server.sessions == 0


def test_a_subject_cannot_add_a_header(server):
    with OutgoingMail() as mail:
        send(mail, subject="Overspent\r\nBcc: everybody@example.org")

    assert "Subject: Overspent Bcc: everybody@example.org\r\n" in server.letters[0]


@pytest.mark.parametrize(
    ("command", "answer", "is_permanent"),
    [
        ("RCPT", "550 nobody here", True),
        ("RCPT", "450 come back later", False),
        ("END", "554 looks like spam", True),
        ("END", "451 disk full", False),
        ("MAIL", "553 not your address", False),
        ("MAIL", None, False),
        ("EHLO", None, False),
    ],
)
def test_what_a_mail_server_refuses(server, command, answer, is_permanent):
    server.moods[command] = answer
    if command == "EHLO":
        server.moods["HELO"] = answer

    refused = refusal()

    assert refused.is_permanent == is_permanent
    assert answer is None or answer.partition(" ")[2] in str(refused)


def test_after_a_refusal_the_next_letter_leaves(server):
    with OutgoingMail() as mail:
        for answer in ("550 nobody here", None):
            server.moods["RCPT"] = answer
            with pytest.raises(UndeliveredError):
                send(mail)
        del server.moods["RCPT"]
        send(mail)

    assert len(server.letters) == 1


def test_a_server_that_is_not_there_may_be_later(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        carried_by(settings, f"smtp://127.0.0.1:{taken.getsockname()[1]}")

        assert refusal().is_permanent is False


def test_a_server_that_says_nothing_is_not_waited_for_long(settings):
    settings.EMAIL_TIMEOUT = 0.05
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        carried_by(settings, f"smtp://127.0.0.1:{silent.getsockname()[1]}")

        assert refusal().is_permanent is False


def test_an_address_that_is_none_never_will_be(server):
    assert refusal(address="carol@home@example.org").is_permanent is True
    assert server.letters == []


def test_a_service_carries_letters(postmark):
    with OutgoingMail() as mail:
        send(mail)

    [(token, body)] = postmark.requests
    assert token == "secret"
    assert (body["From"], body["To"]) == ("Solvent <no-reply@localhost>", "carol@example.org")
    assert (body["Subject"], body["TextBody"]) == ("Dining is overspent", "35.00 EUR of 25.00 EUR")
    assert "HtmlBody" not in body


@pytest.mark.parametrize(
    ("status", "code", "is_permanent"),
    [
        (422, 406, True),
        (400, 1, True),
        (413, 1, True),
        (401, 10, False),
        (429, 1, False),
        (500, 1, False),
        (503, 1, False),
    ],
    ids=["recipient refused", "bad request", "too large", "wrong token", "too many", "broken", "down"],
)
def test_what_a_service_refuses(postmark, status, code, is_permanent):
    message = (
        "You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: "
        "carol@example.org. Inactive recipients are ones that have generated a hard bounce or a spam complaint."
    )
    postmark.mood = status, {"ErrorCode": code, "Message": message}

    refused = refusal()

    assert refused.is_permanent == is_permanent
    assert "secret" not in str(refused)


def test_a_service_that_is_not_there_may_be_later(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        carried_by(settings, f"anymail+postmark://?server_token=secret&api_url=http://127.0.0.1:{port}")

        assert refusal().is_permanent is False
