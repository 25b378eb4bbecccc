"""Whatever stands in whichever field of a body: never a 500, never kept by half, and nothing that is read fails after it.

The places are read from the schema, so a field that is added is tried too.
"""

import datetime as dt
from copy import deepcopy
from functools import lru_cache

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.edges import Bodies, edges_of
from tests.test_routes import API, ROUTES, api_schema, everything, operations

# Who signs in has no rows; a picture is of the same body as its figures.
LEFT_OUT = ("auth/", "chart.svg", "ingest/statements")
COMBINATIONS = 10


@lru_cache(maxsize=1)
def written():
    """Every operation that takes a JSON body, with the schema of it."""
    return {
        (method, path): operation["requestBody"]["content"]["application/json"]["schema"]
        for (method, path), operation in operations().items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
        and not any(word in path for word in LEFT_OUT)
    }


def address(method, path, rows):
    return next(route for route in ROUTES if (route.method, route.path) == (method, path)).url(rows)


# What the smallest body lacks to be taken as it is.
BESIDE = {
    f"{API}goals": {"target_date": "2027-06-30"},
    f"{API}goals/<pk>": {"target_date": "2027-06-30"},
}


@pytest.fixture
def bodies(hers):
    return Bodies(api_schema(), hers)


@pytest.fixture
def send(alice_api, hers, bodies, django_capture_on_commit_callbacks):
    """Sends a body; a refusal must leave everything as it was."""

    def send(method, path, body):
        before = everything()
        with django_capture_on_commit_callbacks(execute=False):
            answer = getattr(alice_api, method)(address(method, path, hers), body)
        assert answer.status_code < 500, (body, answer.content[:500])
        if answer.status_code >= 400:
            assert everything() == before, body
        return answer

    return send


def body_for(bodies, method, path, schema):
    if method == "patch":
        return {}
    return {**bodies.smallest(schema), **BESIDE.get(path, {})}


@pytest.fixture
def read_everything(alice_api, hers):
    """Reads every list and report of alice's, as far as it takes no words of its own."""

    def read():
        for route in ROUTES:
            if route.method == "get":
                answer = alice_api.get(route.url(hers))
                assert answer.status_code < 500, (route, answer.content[:500])

    return read


@pytest.mark.parametrize(("method", "path"), written(), ids=str)
def test_each_field_at_its_edges(method, path, bodies, send, read_everything):
    schema = written()[method, path]

    for keys, place in bodies.places(schema):
        for edge in edges_of(place):
            body = body_for(bodies, method, path, schema)
            bodies.put(body, schema, keys, deepcopy(edge))
            send(method, path, body)

    read_everything()
