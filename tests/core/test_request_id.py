"""Every request has an id: in the answer, in an error's body, in every line of the log."""

import json
import re

import pytest

from core.middleware import ACCEPTABLE_ID
from core.models import AuditEntry
from transactions.services import merchants

OWN = "client-7f3a.42_B"


def test_an_id_is_made_for_a_request(client):
    first, second = (client.get("/health").headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_the_id_of_the_caller_is_kept(client):
    assert client.get("/health", HTTP_X_REQUEST_ID=OWN).headers["X-Request-ID"] == OWN


@pytest.mark.parametrize(
    "offered", ["short", "x" * 65, "has space", "line\nbreak", "Ünïcode1", "<script>1", "12345678\n"]
)
def test_an_id_that_could_harm_is_replaced(client, offered):
    given = client.get("/health", HTTP_X_REQUEST_ID=offered).headers["X-Request-ID"]
    assert given != offered
    assert ACCEPTABLE_ID.fullmatch(given)


@pytest.mark.parametrize("path", ["/api/v1/tags", "/nothing", "/api/v1/nothing"])
def test_the_id_is_in_an_error_s_body(client, path):
    answer = client.get(path, HTTP_X_REQUEST_ID=OWN)
    assert answer.json()["request_id"] == OWN


def test_the_id_is_in_an_error_that_never_reaches_a_view(client):
    answer = client.get("/", HTTP_HOST="evil.example", HTTP_X_REQUEST_ID=OWN)
    assert answer.status_code == 400
    assert answer.json()["request_id"] == OWN


def test_the_id_is_in_the_audit_trail(alice_api, alice):
    alice_api.patch("/api/v1/users/me", {"name": "Al"}, HTTP_X_REQUEST_ID=OWN)
    assert AuditEntry.objects.get(user=alice).request_id == OWN


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/tags", 200), ("/api/v1/nothing", 404), ("/health", 200), ("/health/ready", 503)],
)
def test_the_id_is_in_every_line_of_the_log(alice_api, log_lines, monkeypatch, path, status):
    monkeypatch.setattr("core.health._broker", lambda: 1 / 0)
    assert alice_api.get(path, HTTP_X_REQUEST_ID=OWN).status_code == status
    assert log_lines
    assert {line.get("request_id") for line in log_lines} == {OWN}


def test_the_id_is_in_the_lines_about_a_foreign_host(client, log_lines):
    client.get("/", HTTP_HOST="evil.example", HTTP_X_REQUEST_ID=OWN)
    assert log_lines
    assert {line.get("request_id") for line in log_lines} == {OWN}


def test_a_crash_is_logged_with_its_id_and_its_traceback(alice_api, log_lines, monkeypatch):
    def crash(*args, **fields):
        raise RuntimeError("the disk is full")

    alice_api.raise_request_exception = False
    monkeypatch.setattr(merchants, "create_tag", crash)
    assert alice_api.post("/api/v1/tags", {"name": "x"}, HTTP_X_REQUEST_ID=OWN).status_code == 500
    assert {line["request_id"] for line in log_lines} == {OWN}
    failed = next(line for line in log_lines if line["event"] == "request_failed")
    assert failed["level"] == "error"
    assert "RuntimeError: the disk is full" in failed["exception"]


def test_a_request_is_one_line_that_says_who_what_and_how_it_ended(alice_api, alice, log_lines):
    alice_api.get("/api/v1/tags?limit=5")
    [line] = log_lines
    assert line["event"] == "request_finished"
    assert line["request"] == "GET /api/v1/tags?limit=5"
    assert line["code"] == 200
    assert line["level"] == "info"
    assert line["user_id"] == str(alice.pk)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["timestamp"])


def test_neither_address_nor_password_reaches_the_log(api, log_lines):
    body = {"email": "nobody@example.org", "password": "hunter2 hunter2"}
    api.post("/api/v1/auth/login", body, REMOTE_ADDR="192.0.2.77")
    text = json.dumps(log_lines)
    assert "192.0.2.77" not in text
    assert "hunter2" not in text
