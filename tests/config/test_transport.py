"""Messages of the embedded broker: whole or not there."""

import threading
from contextlib import suppress
from queue import Empty

import pytest
from kombu import Connection

from config.transport import Channel


@pytest.fixture
def channel(tmp_path):
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    with Connection("filesystem://", transport_options=folders) as connection:
        yield connection.channel()


def test_what_is_put_is_got_in_its_order(channel):
    channel._put("celery", {"n": 1})
    channel._put("other", {"n": 2})

    assert isinstance(channel, Channel)
    assert channel._get("celery") == {"n": 1}
    assert channel._get("other") == {"n": 2}


def test_who_reads_while_others_write_never_meets_half_a_message(channel):
    sent = [{"n": number, "text": "x" * 200_000} for number in range(100)]
    writer = threading.Thread(target=lambda: [channel._put("celery", each) for each in sent])
    writer.start()
    got = []
    while len(got) < len(sent):
        with suppress(Empty):
            got.append(channel._get("celery")["n"])
    writer.join()

    assert sorted(got) == list(range(100))
