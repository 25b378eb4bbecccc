"""What a request changes and the drawing of its answer are one: all of it stands, or nothing."""

from collections.abc import Callable
from decimal import InvalidOperation
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIClient

from core.errors import DomainError
from core.models import IdempotencyRecord
from debts.views import planner
from tests.factories import TagFactory
from transactions.models import Tag
from transactions.serializers.resources import TagSerializer
from transactions.services import merchants
from transactions.views import rules as rule_views
from users.models import User

TAGS = "/api/v1/tags"
KEYS = pytest.mark.parametrize("headers", [{}, {"HTTP_IDEMPOTENCY_KEY": "b5e1"}], ids=["plain", "with a key"])


def once(real: Callable[..., Any], error: Exception) -> Callable[..., Any]:
    """The real thing, but for its first call."""
    waiting = [error]

    def call(*args: Any, **kwargs: Any) -> Any:
        if waiting:
            raise waiting.pop()
        return real(*args, **kwargs)

    return call


@KEYS
def test_a_row_whose_answer_cannot_be_drawn_is_not_made(
    alice_api: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    drawn = TagSerializer.to_representation
    monkeypatch.setattr(TagSerializer, "to_representation", once(drawn, InvalidOperation()))
    alice_api.raise_request_exception = False

    answer = alice_api.post(TAGS, {"name": "holiday"}, **headers)

    assert (answer.status_code, answer.json()["error_code"]) == (500, "INTERNAL_ERROR")
    assert not Tag.objects.for_user(alice).exists()
    assert not IdempotencyRecord.objects.exists()
    assert alice_api.post(TAGS, {"name": "holiday"}, **headers).status_code == 201


@KEYS
def test_a_row_whose_answer_cannot_be_written_down_is_not_made(
    alice_api: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(
        JSONRenderer, "render", once(JSONRenderer.render, ValueError("half a surrogate pair"))
    )
    alice_api.raise_request_exception = False

    # Written by hand: the client would write it down with the same renderer.
    answer = alice_api.post(TAGS, '{"name": "holiday"}', content_type="application/json", **headers)

    assert (answer.status_code, answer.json()["error_code"]) == (500, "INTERNAL_ERROR")
    assert not Tag.objects.for_user(alice).exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_change_that_cannot_be_answered_is_not_made(
    alice_api: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    tag = TagFactory(user=alice, name="holiday")

    def refuse(*args: object, **kwargs: object) -> None:
        Tag.objects.filter(pk=tag.pk).update(name="half done")
        raise DomainError("Not today.")

    monkeypatch.setattr(merchants, "delete_tag" if method == "delete" else "update_tag", refuse)

    answer = getattr(alice_api, method)(f"{TAGS}/{tag.pk}", {"name": "work"})

    assert answer.status_code == 409
    tag.refresh_from_db()
    assert tag.name == "holiday"


def test_what_waits_for_the_commit_is_done_after_the_answer_is_drawn(
    alice_api: APIClient, monkeypatch: pytest.MonkeyPatch, commits: Any
) -> None:
    order: list[str] = []
    create, drawn = merchants.create_tag, TagSerializer.to_representation

    def create_and_wait(*args: Any, **fields: Any) -> Tag:
        transaction.on_commit(lambda: order.append("committed"))
        return create(*args, **fields)

    def draw(serializer: TagSerializer, row: Tag) -> Any:
        order.append("drawn")
        return drawn(serializer, row)

    monkeypatch.setattr(merchants, "create_tag", create_and_wait)
    monkeypatch.setattr(TagSerializer, "to_representation", draw)

    with commits():
        alice_api.post(TAGS, {"name": "holiday"})

    assert order == ["drawn", "committed"]


COMPARE = {
    "currency": "EUR", "monthly_budget": "200.00", "starts_on": "2026-03-01",
    "debts": [
        {
            "name": "Card", "balance": "1000.00", "apr": "19.9",
            "minimum_payment": {"rule": "fixed", "amount": "50.00"},
        }
    ],
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
@KEYS
@pytest.mark.parametrize(
    ("path", "body", "where", "work"),
    [
        ("debts/compare", COMPARE, planner, "answered"),
        ("debts/compare/chart.svg", COMPARE, planner, "compare_chart"),
        (
            "rules/preview",
            {"name": "Garden", "text": "garden", "set_notes": "green"},
            rule_views.rule_runs,
            "preview",
        ),
    ],
)
def test_what_only_calculates_keeps_nobody_from_writing(
    alice_api: APIClient, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str],
    path: str, body: dict[str, Any], where: Any, work: str,
) -> None:  # fmt: skip
    real, inside = getattr(where, work), []

    def watched(*args: Any, **kwargs: Any) -> Any:
        inside.append(connection.in_atomic_block)
        return real(*args, **kwargs)

    monkeypatch.setattr(where, work, watched)

    first = alice_api.post(f"/api/v1/{path}", body, **headers)
    again = alice_api.post(f"/api/v1/{path}", body, **headers)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert inside == ([False] if headers else [False, False])


def test_a_body_is_read_before_the_transaction_begins(
    alice_api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.parsers import ContractJSONParser

    depth, parse = [], ContractJSONParser.parse

    def watched(*args: Any, **kwargs: Any) -> Any:
        depth.append(len(connection.savepoint_ids))
        return parse(*args, **kwargs)

    monkeypatch.setattr(ContractJSONParser, "parse", watched)
    outside = len(connection.savepoint_ids)

    assert alice_api.post(TAGS, {"name": "holiday"}).status_code == 201

    assert depth == [outside]
