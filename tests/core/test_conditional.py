"""A tag on what is read; nothing sent twice, and nothing overwritten that was not seen."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.factories import AccountFactory, TagFactory, TransactionFactory
from tests.test_routes import ROUTES, Route, everything, rows_of
from transactions.models import Tag
from users.models import User

TAGS = "/api/v1/tags"
CHANGED = [route for route in ROUTES if route.method in {"put", "patch", "delete"}]
NO_OTHER_ROW = {"/api/v1/users/me"}


@pytest.fixture
def tag(alice: User) -> Tag:
    return TagFactory(user=alice, name="holiday")


@pytest.mark.parametrize("path", ["", "/{pk}"])
def test_what_has_not_changed_is_not_sent_again(alice_api: APIClient, tag: Tag, path: str) -> None:
    address = TAGS + path.format(pk=tag.pk)
    first = alice_api.get(address)

    again = alice_api.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-cache"
    assert "Accept-Encoding" in again.headers["Vary"]
    assert "Content-Type" not in again.headers
    assert "RateLimit-Limit" in again.headers


def test_what_has_changed_is_sent_with_another_tag(alice_api: APIClient, tag: Tag) -> None:
    first = alice_api.get(TAGS)
    Tag.objects.filter(pk=tag.pk).update(name="work")

    again = alice_api.get(TAGS, HTTP_IF_NONE_MATCH=first.headers["ETag"])

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("given", ["*", "W/{tag}", '"other", {tag}'])
def test_a_tag_is_known_among_others_and_made_weak(alice_api: APIClient, tag: Tag, given: str) -> None:
    etag = alice_api.get(f"{TAGS}/{tag.pk}").headers["ETag"]
    answer = alice_api.get(f"{TAGS}/{tag.pk}", HTTP_IF_NONE_MATCH=given.format(tag=etag))
    assert answer.status_code == 304


@pytest.mark.parametrize("given", ["nope", "", '"other"'])
def test_a_tag_of_something_else_brings_the_answer(alice_api: APIClient, tag: Tag, given: str) -> None:
    assert alice_api.get(f"{TAGS}/{tag.pk}", HTTP_IF_NONE_MATCH=given).status_code == 200


def test_two_people_are_never_told_that_they_see_the_same(
    alice_api: APIClient, bob_api: APIClient, tag: Tag
) -> None:
    etag = alice_api.get(TAGS).headers["ETag"]
    assert bob_api.get(TAGS, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_an_error_and_an_export_have_no_tag(alice_api: APIClient) -> None:
    assert "ETag" not in alice_api.get(f"{TAGS}/{'0' * 8}").headers
    assert "ETag" not in alice_api.get("/api/v1/transactions/export.csv").headers


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_was_seen_as_it_is_may_be_changed(alice_api: APIClient, tag: Tag, method: str) -> None:
    etag = alice_api.get(f"{TAGS}/{tag.pk}").headers["ETag"]

    answer = getattr(alice_api, method)(f"{TAGS}/{tag.pk}", {"name": "work"}, HTTP_IF_MATCH=etag)

    assert answer.status_code == (204 if method == "delete" else 200)
    assert Tag.objects.filter(pk=tag.pk, name="holiday").count() == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_was_changed_since_is_left_as_it_is(alice_api: APIClient, tag: Tag, method: str) -> None:
    etag = alice_api.get(f"{TAGS}/{tag.pk}").headers["ETag"]
    assert alice_api.patch(f"{TAGS}/{tag.pk}", {"name": "work"}).status_code == 200
    before = everything()

    answer = getattr(alice_api, method)(f"{TAGS}/{tag.pk}", {"name": "mine"}, HTTP_IF_MATCH=etag)

    assert (answer.status_code, answer.json()["error_code"]) == (412, "PRECONDITION_FAILED")
    assert everything() == before


@pytest.mark.parametrize("given", ["nope", "", '"other"', "W/", '"a" "b"'])
def test_what_is_no_tag_of_it_changes_nothing(alice_api: APIClient, tag: Tag, given: str) -> None:
    answer = alice_api.patch(f"{TAGS}/{tag.pk}", {"name": "work"}, HTTP_IF_MATCH=given)
    assert answer.status_code == 412
    tag.refresh_from_db()
    assert tag.name == "holiday"


@pytest.mark.parametrize("given", ["*", "W/{tag}", '"other", {tag}'])
def test_any_state_or_one_of_several_may_be_meant(alice_api: APIClient, tag: Tag, given: str) -> None:
    etag = alice_api.get(f"{TAGS}/{tag.pk}").headers["ETag"]
    answer = alice_api.patch(f"{TAGS}/{tag.pk}", {"name": "work"}, HTTP_IF_MATCH=given.format(tag=etag))
    assert answer.status_code == 200


def test_the_answer_to_a_patch_has_the_tag_of_the_next(alice_api: APIClient, tag: Tag) -> None:
    etag = alice_api.get(f"{TAGS}/{tag.pk}").headers["ETag"]
    for name in ("one", "two", "three"):
        answer = alice_api.patch(f"{TAGS}/{tag.pk}", {"name": name}, HTTP_IF_MATCH=etag)
        assert answer.status_code == 200
        etag = answer.headers["ETag"]
    assert alice_api.get(f"{TAGS}/{tag.pk}").headers["ETag"] == etag


def test_the_answer_to_a_put_has_none(alice_api: APIClient, tag: Tag) -> None:
    assert "ETag" not in alice_api.put(f"{TAGS}/{tag.pk}", {"name": "work"}).headers


def test_what_must_not_be_there_yet_is_not_overwritten(alice_api: APIClient, tag: Tag) -> None:
    answer = alice_api.put(f"{TAGS}/{tag.pk}", {"name": "work"}, HTTP_IF_NONE_MATCH="*")
    assert answer.status_code == 412
    tag.refresh_from_db()
    assert tag.name == "holiday"


def test_another_person_s_row_is_not_found_whatever_the_tag(bob_api: APIClient, tag: Tag) -> None:
    for given in ("*", "nope"):
        assert bob_api.patch(f"{TAGS}/{tag.pk}", {"name": "x"}, HTTP_IF_MATCH=given).status_code == 404


def test_a_figure_that_is_derived_counts_as_seen_too(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice)
    address = f"/api/v1/accounts/{account.pk}"
    etag = alice_api.get(address).headers["ETag"]
    TransactionFactory(account=account, amount=-5)
    assert alice_api.patch(address, {"name": "Main"}, HTTP_IF_MATCH=etag).status_code == 412


def test_every_change_is_refused_to_who_has_not_seen_what_is_there(alice: User, alice_api: APIClient) -> None:
    rows = rows_of(alice)
    before = everything()
    for route in CHANGED:
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(alice_api, route.method)(route.url(rows), {}, HTTP_IF_MATCH="nope")
        assert (answer.status_code, answer.json()["error_code"]) == (412, "PRECONDITION_FAILED"), route
        assert not connection.features.has_select_for_update or are_locked(queries, route), route
    assert everything() == before


def are_locked(queries: CaptureQueriesContext, route: Route) -> bool:
    """The person first, then what the address shows."""
    locking = [query["sql"] for query in queries.captured_queries if " FOR " in query["sql"]]
    return 'FROM "users_user"' in locking[0] and (len(locking) > 1 or route.path in NO_OTHER_ROW)


def test_every_change_is_open_to_who_has_seen_what_is_there(alice: User, alice_api: APIClient) -> None:
    rows = rows_of(alice)
    for route in CHANGED:
        address = route.url(rows)
        etag = alice_api.get(address).headers["ETag"]
        assert alice_api.get(address).headers["ETag"] == etag, route
        # A goal asks what is to be changed.
        body = {"name": "Boat"} if "/goals/" in route.path else {}
        with transaction.atomic():
            answer = getattr(alice_api, route.method)(address, body, HTTP_IF_MATCH=etag)
            assert answer.status_code != 412, route
            if route.method == "patch":
                assert answer.status_code == 200, route
                assert answer.headers["ETag"] == alice_api.get(address).headers["ETag"], route
            transaction.set_rollback(True)
