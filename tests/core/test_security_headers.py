"""What browsers are told, and who may ask from another origin."""

import pytest

APP = "https://app.example.org"


@pytest.mark.parametrize("path", ["/", "/api/v1/tags", "/docs", "/admin/login/", "/nothing"])
def test_browsers_are_told_to_be_careful(client, db, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == "'self'"


def test_scripts_come_from_here_alone(client, db):
    for path in ("/", "/docs", "/api/v1/tags"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "script-src" not in policy
        assert "unsafe-eval" not in policy


def test_the_reference_may_draw_in_a_worker(client, db):
    assert "worker-src 'self' blob:" in client.get("/redoc").headers["Content-Security-Policy"]


def test_without_https_nothing_promises_it(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_with_https_browsers_stay_with_it_for_a_year(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_PRELOAD = True
    answer = client.get("/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_with_https_a_plain_request_is_sent_on_but_probes_are_answered(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/api/v1/tags")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/api/v1/tags")
    assert client.get("/health").status_code == 200
    assert client.get("/metrics").status_code == 200


@pytest.fixture
def _one_origin(settings):
    settings.CORS_ALLOWED_ORIGINS = [APP]


@pytest.mark.usefixtures("_one_origin")
def test_a_known_origin_may_ask_and_read_the_headers(client, db):
    answer = client.get("/api/v1/tags", HTTP_ORIGIN=APP)
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"X-Request-ID", "Retry-After", "RateLimit-Remaining", "Location", "ETag"} <= set(exposed)
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.usefixtures("_one_origin")
def test_a_known_origin_may_send_what_the_contract_reads(client):
    answer = client.options(
        "/api/v1/tags",
        HTTP_ORIGIN=APP,
        HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST",
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS="authorization,idempotency-key,if-match,prefer,x-request-id",
    )
    allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    read = {
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
        "if-none-match",
        "prefer",
        "x-request-id",
    }
    assert read <= set(allowed)


@pytest.mark.usefixtures("_one_origin")
@pytest.mark.parametrize(
    ("path", "origin"), [("/api/v1/tags", "https://evil.example"), ("/admin/login/", APP)]
)
def test_any_other_origin_and_any_other_address_is_left_alone(client, db, path, origin):
    assert "Access-Control-Allow-Origin" not in client.get(path, HTTP_ORIGIN=origin).headers
