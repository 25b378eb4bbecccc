"""One running application for all journeys, and a client of a freshly registered person."""

import os
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.journeys.world import World, running_world, wait_for

Job = dict[str, Any]


class Person:
    """Somebody who uses the API over the network."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=f"{address}/api/v1", timeout=60)
        body = {"email": f"{uuid4()}@example.org", "password": "a long walk in March", "country": "DE"}
        self.http.headers["Authorization"] = f"Bearer {self.post('/auth/register', json=body)['access']}"

    def get(self, path: str, **parameters: str) -> dict[str, Any]:
        return self._answer(self.http.get(path, params=parameters))

    def post(self, path: str, **request: Any) -> dict[str, Any]:
        return self._answer(self.http.post(path, **request))

    def patch(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(self.http.patch(path, json=body))

    def send(self, filename: str, content: bytes) -> Job:
        """Upload a statement; the job as it is then."""
        return self.post("/ingest/statements", files={"file": (filename, content)})

    def look_at(self, job: Job) -> Job:
        return self.get(f"/ingest/statements/{job['id']}")

    def finished(self, job: Job, *, seconds: float = 60) -> Job:
        """The job once it has ended."""

        def look() -> Job | None:
            now = self.look_at(job)
            return now if now["finished_at"] else None

        return wait_for(look, what="the end of an import", seconds=seconds)

    def _answer(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.text}"
        shown: dict[str, Any] = answer.json()
        return shown


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Own data, own database, own Redis number; chosen by the environment like everything else."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with running_world(tmp_path_factory.mktemp("journey"), number=number) as running:
        yield running


@pytest.fixture
def person(world: World) -> Iterator[Person]:
    someone = Person(world.address)
    with closing(someone.http):
        yield someone


@pytest.fixture(autouse=True)
def _logs_of_a_failure(request: pytest.FixtureRequest, world: World) -> Iterator[None]:
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        print(world.logs())  # noqa: T201  (pytest shows it with the failure)
