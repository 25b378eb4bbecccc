"""Filters by true or false."""

import pytest

from tests.factories import NotificationFactory

PATHS = [
    "/api/v1/transactions?is_ignored",
    "/api/v1/accounts?is_closed",
    "/api/v1/categories?is_hidden",
    "/api/v1/notifications?is_read",
]


@pytest.mark.parametrize("path", PATHS)
def test_anything_else_is_named_as_a_mistake(alice_api, path):
    answer = alice_api.get(f"{path}=perhaps")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"?{path.rpartition('?')[2]}"


@pytest.mark.parametrize(
    ("word", "count"), [("true", 0), ("True", 0), ("1", 0), ("false", 1), ("0", 1), ("", 1)]
)
def test_true_and_false_may_be_written_in_several_ways(alice, alice_api, word, count):
    NotificationFactory(user=alice)
    assert len(alice_api.get(f"/api/v1/notifications?is_read={word}").json()["results"]) == count
