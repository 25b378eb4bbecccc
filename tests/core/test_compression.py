"""Answers are sent compressed to whoever takes them so."""

import gzip

from rest_framework.test import APIClient

from tests.factories import AccountFactory, TagFactory, TransactionFactory
from users.models import User

TAGS = "/api/v1/tags"
EXPORT = "/api/v1/transactions/export.csv"
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def test_a_long_answer_is_compressed_for_who_takes_it_so(alice_api: APIClient, alice: User) -> None:
    TagFactory.create_batch(50, user=alice)
    plain = alice_api.get(TAGS)

    answer = alice_api.get(TAGS, **GZIP)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == plain.content
    assert len(answer.content) < len(plain.content) / 3
    assert "Content-Encoding" not in plain.headers
    for each in (plain, answer):
        assert "Accept-Encoding" in each.headers["Vary"]


def test_a_short_answer_is_sent_as_it_is(alice_api: APIClient) -> None:
    assert "Content-Encoding" not in alice_api.get(TAGS, **GZIP).headers


def test_an_export_is_compressed_as_it_is_streamed(alice_api: APIClient, alice: User) -> None:
    TransactionFactory.create_batch(20, account=AccountFactory(user=alice))
    plain = b"".join(alice_api.get(EXPORT).streaming_content)

    answer = alice_api.get(EXPORT, **GZIP)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer.streaming_content)) == plain


def test_the_tag_of_a_compressed_answer_counts_for_reading_and_writing(
    alice_api: APIClient, alice: User
) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice), notes="long " * 200)
    address = f"/api/v1/transactions/{row.pk}"
    tag = alice_api.get(address, **GZIP).headers["ETag"]
    assert tag.startswith('W/"')

    assert alice_api.get(address, HTTP_IF_NONE_MATCH=tag, **GZIP).status_code == 304
    assert alice_api.patch(address, {"notes": "one"}, HTTP_IF_MATCH=tag, **GZIP).status_code == 200
    assert alice_api.patch(address, {"notes": "two"}, HTTP_IF_MATCH=tag, **GZIP).status_code == 412
    assert alice_api.get(address).json()["notes"] == "one"


def test_the_length_of_what_is_compressed_differs_each_time(alice_api: APIClient, alice: User) -> None:
    # Who can have a text of theirs beside a secret must not learn it from the length (BREACH).
    TagFactory.create_batch(50, user=alice)
    lengths = {len(alice_api.get(TAGS, **GZIP).content) for _ in range(20)}
    assert len(lengths) > 1
