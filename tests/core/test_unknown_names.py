"""A name that nothing listens to is a mistake, and is named."""

import pytest

from tests.factories import TagFactory


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "/api/v1/tags", {"name": "x", "colour": "red"}),
        ("patch", "/api/v1/users/me", {"colour": "red"}),
        ("put", "/api/v1/users/me/settings", {"colour": "red"}),
        ("post", "/api/v1/auth/login", {"email": "a@example.org", "password": "x", "colour": "red"}),
    ],
)
def test_an_unknown_field_is_rejected_by_name(alice_api, method, path, body):
    answer = getattr(alice_api, method)(path, body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/colour", "unknown_field")


def test_the_fields_that_there_are_are_said_with_all_other_mistakes(alice_api):
    answer = alice_api.post("/api/v1/tags", {"colour": "red"})
    assert answer.json()["errors"] == [
        {"pointer": "/colour", "code": "unknown_field", "message": "Unknown field; known here: name."},
        {"pointer": "/name", "code": "required", "message": "This field is required."},
    ]


def test_every_unknown_field_is_named(alice_api):
    answer = alice_api.post("/api/v1/tags", {"name": "x", "colour": "red", "shade": 1})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/colour", "/shade"]


def test_an_unknown_field_of_a_nested_row_is_pointed_at(alice_api):
    body = {"splits": [{"amount": "-1", "category": None, "colour": "red"}]}
    errors = alice_api.post("/api/v1/transactions", body).json()["errors"]
    assert "/splits/0/colour" in [error["pointer"] for error in errors]


def test_an_unknown_form_field_is_rejected_by_name(alice_api):
    answer = alice_api.post("/api/v1/ingest/statements", {"colour": "red"}, format="multipart")
    assert answer.json()["errors"][0]["pointer"] == "/colour"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/v1/tags?colour=red"),
        ("get", "/api/v1/tags/{tag}?limit=5"),
        ("get", "/api/v1/users/me?colour=red"),
        ("post", "/api/v1/tags?colour=red"),
        ("patch", "/api/v1/tags/{tag}?colour=red"),
        ("delete", "/api/v1/tags/{tag}?colour=red"),
        ("get", "/api/v1/transactions/summary?limit=5"),
    ],
)
def test_an_unknown_parameter_is_rejected_by_name(alice_api, alice, method, path):
    tag = TagFactory(user=alice)
    answer = getattr(alice_api, method)(path.format(tag=tag.pk), {"name": "x"} if method != "get" else None)
    name = path.partition("?")[2].partition("=")[0]
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": f"/{name}", "code": "unknown_parameter", "message": "Unknown query parameter."}
    ]
    assert alice.tags.get().name == tag.name


@pytest.mark.parametrize(
    "query", ["kind=piggy", "account=7", "date_from=yesterday", "amount_min=much", "text=a%00b"]
)
def test_a_filter_that_makes_no_sense_is_named(alice_api, query):
    answer = alice_api.get(f"/api/v1/transactions?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/{query.partition('=')[0]}"
