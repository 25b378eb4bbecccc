"""The embedded broker: messages are files in a folder."""

from pathlib import Path
from time import monotonic
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Messages appear whole: a worker that looks in between would read half of one, and end."""

    def _put(self, queue: str, payload: object, **kwargs: object) -> None:  # type: ignore[override]  # noqa: ARG002
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        whole, fresh = (Path(self.data_folder_out) / each for each in (name, f"{name}.new"))
        fresh.write_text(dumps(payload))
        fresh.replace(whole)


class Transport(filesystem.Transport):
    Channel = Channel


def use_whole_messages() -> None:
    """Let ``filesystem://`` be this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
