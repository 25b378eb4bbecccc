"""Every error has one shape, the right status, and says what to fix."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError as DatabaseDown
from django_redis.exceptions import ConnectionInterrupted as CacheDown
from kombu.exceptions import OperationalError as BrokerDown

from tests.factories import AccountFactory, TagFactory, TransactionFactory
from transactions.models import Tag
from transactions.services import merchants

SHAPE = {"success", "error", "error_code", "details", "errors", "request_id"}


def assert_error(answer, *, status, code, errors=(), details=None):
    body = answer.json()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    assert set(body) == SHAPE
    assert body["success"] is False
    assert body["error_code"] == code
    assert body["error"]
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == list(errors)
    assert all(set(error) == {"pointer", "code", "message"} for error in body["errors"])
    if details is not None:
        assert body["details"] == details
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


def test_every_wrong_field_is_named(alice_api):
    answer = alice_api.post("/api/v1/accounts", {"name": "", "kind": "piggy bank"})
    body = assert_error(
        answer,
        status=400,
        code="VALIDATION_ERROR",
        errors=[("/name", "blank"), ("/kind", "invalid_choice"), ("/currency", "required")],
    )
    assert body["error"] == "name: This field may not be blank. (and 2 more)"


def test_a_fault_of_a_nested_row_is_pointed_at(alice_api, alice):
    account = AccountFactory(user=alice)
    body = {"account": str(account.pk), "date": "2026-03-01", "amount": "-5", "splits": [{"amount": "x"}]}
    answer = alice_api.post("/api/v1/transactions", body)
    assert_error(
        answer,
        status=400,
        code="VALIDATION_ERROR",
        errors=[("/splits/0/amount", "invalid"), ("/splits/0/category", "required")],
    )


def test_a_fault_of_a_row_in_bulk_is_pointed_at(alice_api, alice):
    account = AccountFactory(user=alice)
    good = {"account": str(account.pk), "date": "2026-03-01", "amount": "-5"}
    answer = alice_api.post("/api/v1/transactions/bulk/create", {"rows": [good, good | {"amount": "x"}]})
    assert answer.status_code == 200
    assert [row["outcome"] for row in answer.json()["rows"]] == ["created", "error"]
    assert [error["pointer"] for error in answer.json()["rows"][1]["errors"]] == ["/rows/1/amount"]


def test_a_pointer_escapes_its_special_characters(alice_api):
    answer = alice_api.post("/api/v1/tags", {"name": "x", "a/b~c": 1})
    assert_error(answer, status=400, code="VALIDATION_ERROR", errors=[("/a~1b~0c", "unknown_field")])


def test_a_fault_of_the_whole_body_has_an_empty_pointer(alice_api):
    answer = alice_api.post("/api/v1/tags", ["holiday"])
    assert_error(answer, status=400, code="VALIDATION_ERROR", errors=[("", "invalid")])


@pytest.mark.parametrize("body", ["{", "", "{'name': 'x'}", "NaN", '{"a": Infinity}', "\xff"])
def test_a_body_that_is_not_json_is_malformed(alice_api, body):
    answer = alice_api.post("/api/v1/tags", body.encode("latin-1"), content_type="application/json")
    if body:
        assert_error(answer, status=400, code="MALFORMED_BODY")
    else:
        assert_error(answer, status=400, code="VALIDATION_ERROR", errors=[("/name", "required")])


def test_json_nested_without_end_is_malformed(alice_api):
    answer = alice_api.post("/api/v1/tags", "[" * 200_000, content_type="application/json")
    assert assert_error(answer, status=400, code="MALFORMED_BODY")["error"] == (
        "The JSON is nested too deeply."
    )


@pytest.mark.parametrize("body", ['{"name": "\\ud800"}', '{"\\udfff": 1}', '{"name": ["\\ud83d"]}'])
def test_half_of_a_surrogate_pair_is_malformed(alice_api, body):
    answer = alice_api.post("/api/v1/tags", body, content_type="application/json")
    assert_error(answer, status=400, code="MALFORMED_BODY")


def test_a_whole_surrogate_pair_is_a_character(alice_api):
    answer = alice_api.post("/api/v1/tags", '{"name": "\\ud83c\\udf34"}', content_type="application/json")
    assert answer.json()["name"] == "🌴"


def test_a_null_character_is_refused(alice_api):
    answer = alice_api.post("/api/v1/tags", {"name": "a\0b"})
    assert_error(
        answer, status=400, code="VALIDATION_ERROR", errors=[("/name", "null_characters_not_allowed")]
    )


def test_no_token(api):
    answer = api.get("/api/v1/tags")
    assert_error(answer, status=401, code="NOT_AUTHENTICATED")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer nonsense", "bearer ey.ey.ey", "Bearer ünsinn"])
def test_a_token_that_is_none(api, header):
    answer = api.get("/api/v1/tags", HTTP_AUTHORIZATION=header)
    body = assert_error(answer, status=401, code="TOKEN_INVALID")
    assert body["error"] == "This token is not valid, or no longer."
    assert answer.headers["WWW-Authenticate"] == (
        'Bearer realm="api", error="invalid_token", error_description="This token is not valid, or no longer."'
    )


@pytest.mark.parametrize("header", ["Bearer", "Bearer x y", "Token x", "Basic YWxpY2U6c2VjcmV0", "x"])
def test_what_is_no_bearer_token(api, header):
    answer = api.get("/api/v1/tags", HTTP_AUTHORIZATION=header)
    body = assert_error(answer, status=401, code="AUTHORIZATION_SCHEME")
    assert body["error"] == ("Send the access token, and nothing else, as “Authorization: Bearer <access>”.")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_token_without_the_scope(alice, client_of):
    client = client_of(alice, scopes=("read:profile",))
    answer = client.get("/api/v1/tags")
    assert_error(answer, status=403, code="SCOPE_MISSING", details={"required": ["read:transactions"]})


def test_nothing_of_that_id(alice_api, bob):
    tag = TagFactory(user=bob)
    for pk in (tag.pk, "0198c0de-0000-7000-8000-000000000000", "7", "no-uuid", "%00"):
        assert_error(alice_api.get(f"/api/v1/tags/{pk}"), status=404, code="NOT_FOUND")


def test_another_person_s_id_in_a_body(alice_api, alice, bob):
    foreign = AccountFactory(user=bob)
    body = {"account": str(foreign.pk), "date": "2026-03-01", "amount": "-5"}
    answer = alice_api.post("/api/v1/transactions", body)
    assert_error(
        answer,
        status=404,
        code="NOT_FOUND",
        details={"pointer": "/account", "id": str(foreign.pk)},
        errors=[("/account", "not_found")],
    )


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing"])
def test_nothing_at_that_address(api, path):
    body = assert_error(api.get(path), status=404, code="NOT_FOUND")
    assert body["error"] == f"There is nothing at {path}."


def test_an_address_with_a_slash_at_its_end(api):
    body = assert_error(api.get("/api/v1/tags/"), status=404, code="NOT_FOUND")
    assert body["error"] == "There is nothing at /api/v1/tags/. Paths have no slash at the end."


def test_a_method_that_is_not_there(alice_api):
    answer = alice_api.delete("/api/v1/tags")
    assert_error(answer, status=405, code="METHOD_NOT_ALLOWED")
    assert answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_an_answer_that_is_not_given_in_that_form(alice_api):
    answer = alice_api.get("/api/v1/tags", HTTP_ACCEPT="text/html")
    assert_error(answer, status=406, code="NOT_ACCEPTABLE")


def test_a_conflict(alice_api, alice):
    TransactionFactory(account=AccountFactory(user=alice, name="Main"))
    answer = alice_api.delete(f"/api/v1/accounts/{alice.accounts.get().pk}")
    assert_error(answer, status=409, code="ACCOUNT_NOT_EMPTY", details={"transactions": 1})


def test_a_broken_constraint_is_named_by_its_code(alice_api, alice):
    TagFactory(user=alice, name="Holiday")
    answer = alice_api.post("/api/v1/tags", {"name": "holiday"})
    body = assert_error(answer, status=409, code="TAG_EXISTS")
    assert body["error"] == "You have this tag already."


def test_a_constraint_that_another_request_broke_first_is_a_conflict(alice_api, alice, monkeypatch):
    TagFactory(user=alice, name="Holiday")
    monkeypatch.setattr(Tag, "full_clean", lambda tag: None)
    answer = alice_api.post("/api/v1/tags", {"name": "holiday"})
    assert_error(answer, status=409, code="CONFLICT")
    assert Tag.objects.for_user(alice).count() == 1


@pytest.mark.parametrize("error", [DatabaseDown("down"), BrokerDown("down"), CacheDown(None)])
def test_a_dependency_that_is_down(alice_api, monkeypatch, error):
    def fail(*args, **fields):
        raise error

    alice_api.raise_request_exception = False
    monkeypatch.setattr(merchants, "create_tag", fail)
    answer = alice_api.post("/api/v1/tags", {"name": "x"})
    assert_error(answer, status=503, code="UNAVAILABLE")


@pytest.mark.parametrize("extra", [1, 5_000_000])
def test_a_body_that_is_too_large(alice_api, settings, extra):
    body = json.dumps({"name": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + extra)})
    answer = alice_api.post("/api/v1/tags", body, content_type="application/json")
    assert_error(answer, status=413, code="TOO_LARGE")


def test_a_form_with_a_field_that_is_too_large(alice_api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    form = {"file": SimpleUploadedFile("march.csv", b"Date"), "mapping": "x" * 1001}
    answer = alice_api.post("/api/v1/ingest/statements", form, format="multipart")
    assert_error(answer, status=413, code="TOO_LARGE")


def test_a_form_with_too_many_fields(alice_api):
    form = {f"field{number}": "1" for number in range(1001)}
    answer = alice_api.post("/api/v1/ingest/statements", form, format="multipart")
    assert_error(answer, status=400, code="MALFORMED_BODY")


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_a_media_type_that_is_not_read(alice_api, media_type):
    answer = alice_api.post("/api/v1/tags", b"<name/>", content_type=media_type)
    body = assert_error(answer, status=415, code="UNSUPPORTED_MEDIA_TYPE")
    assert body["error"] == f"“{media_type}” is not read here. Send application/json."


def test_json_where_a_file_is_read(alice_api):
    answer = alice_api.post("/api/v1/ingest/statements", {"file": "text"}, format="json")
    body = assert_error(answer, status=415, code="UNSUPPORTED_MEDIA_TYPE")
    assert body["error"] == "“application/json” is not read here. Send multipart/form-data."


def test_a_form_without_a_boundary(alice_api):
    answer = alice_api.post("/api/v1/ingest/statements", b"x", content_type="multipart/form-data")
    assert_error(answer, status=400, code="MALFORMED_BODY")


def test_a_crash_answers_in_the_same_shape_and_tells_nothing(alice_api, monkeypatch):
    def crash(*args, **fields):
        raise RuntimeError("secret path /srv/keys")

    monkeypatch.setattr(merchants, "create_tag", crash)
    alice_api.raise_request_exception = False
    answer = alice_api.post("/api/v1/tags", {"name": "x"})
    assert_error(answer, status=500, code="INTERNAL_ERROR", errors=[], details={})
    assert b"secret" not in answer.content


def test_a_crash_outside_the_api_answers_in_the_same_shape(client, monkeypatch):
    def crash():
        raise RuntimeError("secret path /srv/keys")

    client.raise_request_exception = False
    monkeypatch.setattr("core.pages.readiness", crash)
    answer = client.get("/health/ready")
    assert_error(answer, status=500, code="INTERNAL_ERROR")
    assert b"secret" not in answer.content


def test_a_host_that_is_not_ours(client):
    assert_error(client.get("/", HTTP_HOST="evil.example"), status=400, code="BAD_REQUEST")
