"""How people knock at the door."""

import pytest

from tests.answers import CheckedClient
from tests.factories import PASSWORD


@pytest.fixture
def signed_in(alice):
    """The pair of tokens of a client of alice."""
    return log_in()


def log_in(email="alice@example.org", password=PASSWORD, **more):
    """The answer to a sign-in, as data."""
    answer = CheckedClient().post("/api/v1/auth/login", {"email": email, "password": password, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def bearer(access):
    """A client that carries this access token."""
    client = CheckedClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client


def is_alive(access):
    """Whether an access token still opens doors."""
    status = bearer(access).get("/api/v1/users/me").status_code
    assert status in {200, 401}
    return status == 200
