"""The addresses outside the API: what this is, whether it is well, and what browsers are told."""

import pytest

from core import health


@pytest.mark.parametrize("path", ["/", "/api/v1/"])
def test_the_root_says_what_this_is_and_where_to_go_on(client, path):
    body = client.get(path).json()
    assert body["name"] == "Solvent"
    assert {body[name] for name in ("docs", "reference", "schema", "health")} == {
        "/docs", "/redoc", "/openapi.yaml", "/health",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/", "/health", "/docs", "/redoc", "/openapi.yaml", "/metrics", "/admin/login/"]
)
def test_every_page_is_there(client, db, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/health", "/health/ready"])
def test_pages_are_only_read(client, path):
    assert client.post(path).status_code == 405


def test_the_process_lives_whatever_becomes_of_the_rest(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_every_dependency_is_named(client, db):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "ok", "broker": "ok"},
    }


@pytest.mark.parametrize("dependency", ["database", "cache", "broker"])
def test_a_dependency_that_is_down_is_named_and_its_reason_kept_for_the_log(
    client, db, monkeypatch, log_lines, dependency
):
    def fail():
        raise ConnectionError("password for 10.0.0.7 refused")

    monkeypatch.setattr(health, f"_{dependency}", fail)
    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert answer.json()["checks"] == {
        name: "down" if name == dependency else "ok" for name in ("database", "cache", "broker")
    }
    assert b"10.0.0.7" not in answer.content
    [line] = [line for line in log_lines if line["event"] == "dependency_down"]
    assert line["dependency"] == dependency
    assert "10.0.0.7" in line["exception"]


def test_a_cache_that_forgets_is_down(client, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/health/ready").json()["checks"]["cache"] == "down"


def test_a_broker_that_nobody_answers_at_is_down(client, db, monkeypatch):
    monkeypatch.setattr(health.current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(health.current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    assert client.get("/health/ready").json()["checks"]["broker"] == "down"


def test_metrics_count_requests(client):
    client.get("/health")
    text = client.get("/metrics").content.decode()
    assert "django_http_requests_total_by_method_total" in text
    assert "django_http_responses_total_by_status_total" in text


def test_the_schema_is_openapi_3_1(client, db):
    assert client.get("/openapi.yaml").content.startswith(b"openapi: 3.1.0")
