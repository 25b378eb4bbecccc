"""A name that nothing listens to is a mistake, and is named."""

import pytest

from tests.factories import AccountFactory, TagFactory


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


NONE = "there is none to give."
PAGING = "known here: limit, cursor, ordering."


@pytest.mark.parametrize(
    ("method", "path", "known"),
    [
        ("get", "/api/v1/tags?colour=red", PAGING),
        ("get", "/api/v1/tags?page=2", PAGING),
        ("get", "/api/v1/tags/{tag}?limit=5", NONE),
        ("get", "/api/v1/users/me?colour=red", NONE),
        ("post", "/api/v1/tags?colour=red", NONE),
        ("patch", "/api/v1/tags/{tag}?colour=red", NONE),
        ("delete", "/api/v1/tags/{tag}?colour=red", NONE),
        ("get", "/api/v1/accounts?type=card", f"{PAGING[:12]}kind, currency, is_closed, {PAGING[12:]}"),
        ("get", "/api/v1/budgets/calendar/2026-03?page=2", "known here: by_category."),
        ("get", "/api/v1/transactions/changes?cursor=x", "known here: since, limit."),
    ],
)
def test_an_unknown_parameter_is_rejected_by_name(alice_api, alice, method, path, known):
    tag = TagFactory(user=alice)
    answer = getattr(alice_api, method)(path.format(tag=tag.pk), {"name": "x"} if method != "get" else None)
    name = path.partition("?")[2].partition("=")[0]
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": f"?{name}", "code": "unknown_parameter", "message": f"Unknown query parameter; {known}"}
    ]
    assert alice.tags.get().name == tag.name


@pytest.mark.parametrize(
    "query", ["kind=piggy", "account=7", "date_from=yesterday", "amount_min=much", "text=a%00b"]
)
def test_a_filter_that_makes_no_sense_is_named(alice_api, query):
    answer = alice_api.get(f"/api/v1/transactions?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"?{query.partition('=')[0]}"


@pytest.mark.parametrize(
    "query",
    [
        "account={0}&account={0}",
        "kind=income&kind=expense",
        "limit=5&limit=6",
        "ordering=date&ordering=amount",
        "date_from=2026-03-01&date_from=2026-03-02",
    ],
)
def test_a_parameter_that_is_given_twice_is_refused(alice_api, alice, query):
    account = AccountFactory(user=alice)
    answer = alice_api.get(f"/api/v1/transactions?{query.format(account.pk)}")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {
            "pointer": f"?{query.partition('=')[0]}",
            "code": "repeated",
            "message": "Give it once; where it takes several values they are separated by commas.",
        }
    ]


def test_a_field_whose_name_begins_with_a_question_mark_is_still_a_field(alice_api):
    answer = alice_api.post("/api/v1/tags", {"name": "x", "?limit": 1, "{day}": 1})
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/?limit", "/{day}"]
