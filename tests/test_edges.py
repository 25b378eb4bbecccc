"""Whatever stands in whichever field of a body: never a 500, nothing kept by half, and nothing read afterwards fails.

The fields are read from the schema, so one that is added is tried too.
"""

import datetime as dt
import json
from copy import deepcopy
from functools import lru_cache

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.edges import Bodies, edges_of
from tests.test_routes import API, ROUTES, api_schema, everything, operations

# Who signs in has no rows yet; a picture takes the body of its figures; files have readers of their own.
LEFT_OUT = ("auth/", "chart.svg", "ingest/statements")
COMBINED = 8
# The goals and targets of the tests lie ahead on whatever day they run.
AHEAD = (dt.date.today() + dt.timedelta(days=600)).isoformat()
ENOUGH = {"monthly_budget": "500.00"}
# What the smallest body lacks to be taken as it is.
BESIDE = {
    "debts": {"balance": "12.50", "apr": "12"},
    "debts/<pk>": {"balance": "12.50", "apr": "12"},
    "debts/<pk>/payments": {"amount": "12.50", "paid_on": "2026-03-15"},
    "debts/compare": ENOUGH,
    "debts/plan": ENOUGH,
    "debts/target": {"target_on": AHEAD},
    "debts/what-if": ENOUGH,
    "payment-plans": {"plan": ENOUGH},
    "goals": {"target_on": AHEAD},
    "goals/<pk>": {"target_on": AHEAD},
    "goals/<pk>/contribute": {"amount": "12.50"},
    "goals/<pk>/rules": {"kind": "round_up", "step": 1},
    "rules": {"text": "shop", "set_notes": "by rule"},
    "rules/preview": {"text": "shop", "set_notes": "by rule"},
}
# They ask for rows that fit together, or for a budget of today; nothing in their bodies could be at an edge.
REFUSED = {
    "budgets/redistribute", "budgets/periods/<period_pk>/allocations/<pk>", "transactions/<pk>/merge",
    "transactions/<pk>/refund", "transactions/<pk>/split-off", "transfers",
}  # fmt: skip
READS = [route for route in ROUTES if route.method == "get"]


@lru_cache(maxsize=1)
def written():
    """Every operation that takes a JSON body, with the schema of it."""
    return {
        (method, path): operation["requestBody"]["content"]["application/json"]["schema"]
        for (method, path), operation in operations().items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
        and not any(word in path for word in LEFT_OUT)
    }


@lru_cache(maxsize=1)
def places():
    """The places of each operation: those that several have alike are tried where they come first."""
    parts, found = Bodies(api_schema(), {}), {}
    for operation, schema in written().items():
        for keys, place in parts.places(schema):
            found.setdefault((str(keys), json.dumps(place, sort_keys=True)), (operation, keys, place))
    return list(found.values())


def takes_several(schema):
    """Whether a body has more than one field of its own."""
    return len(Bodies(api_schema(), {}).resolved(schema).get("properties", ())) > 1


each_operation = pytest.mark.parametrize(("method", "path"), written(), ids=str)
each_with_several_fields = pytest.mark.parametrize(
    ("method", "path"),
    [operation for operation, schema in written().items() if takes_several(schema)],
    ids=str,
)


class Sender:
    """Sends bodies to one operation as alice, with her rows in the address."""

    def __init__(self, client, rows, method, path):
        self.schema, self.bodies = written()[method, path], Bodies(api_schema(), rows)
        self._client, self._rows, self._method, self._path = client, rows, method, path
        self._url = next(each for each in ROUTES if (each.method, each.path) == (method, path)).url(rows)

    def body(self, changes):
        """The smallest body with these values in these places; a change of a part is nothing but the part."""
        body = {}
        if self._method != "patch":
            body = {
                **self.bodies.smallest(self.schema),
                **deepcopy(BESIDE.get(self._path.removeprefix(API), {})),
            }
        for keys, value in changes:
            self.bodies.put(body, self.schema, keys, deepcopy(value))
        return body

    def send(self, body):
        """Whether the body was taken."""
        answer = getattr(self._client, self._method)(self._url, body)
        assert answer.status_code < 500, (self._method, self._path, body, answer.content[:300])
        return answer.status_code < 400

    def tried(self, body):
        """As ``send``, and what was done is undone."""
        with transaction.atomic():
            taken = self.send(body)
            transaction.set_rollback(True)
        return taken

    def read_after(self, taken):
        """Read everything after all these bodies; where that fails, after each alone, to name the one at fault."""
        failed = self._read(taken)
        if failed:
            pytest.fail(str(next(((body, alone) for body in taken if (alone := self._read([body]))), failed)))

    def _read(self, bodies):
        with transaction.atomic():
            for body in bodies:
                self.send(body)
            answers = [(route, self._client.get(route.url(self._rows))) for route in READS]
            transaction.set_rollback(True)
        return [(str(route), answer.content[:300]) for route, answer in answers if answer.status_code >= 500]


@pytest.fixture
def sender(alice_api, hers, method, path):
    return Sender(alice_api, hers, method, path)


@pytest.mark.parametrize(("method", "path"), [each for each in written() if each[0] != "patch"], ids=str)
def test_a_body_without_edges_is_one_that_could_be_taken(method, path, sender):
    assert sender.send(sender.body([])) or path.removeprefix(API) in REFUSED


@pytest.mark.slow
@pytest.mark.server
@each_operation
def test_each_field_at_its_edges(method, path, sender):
    before, taken = everything(), []

    for _, keys, place in [each for each in places() if each[0] == (method, path)]:
        bodies = [sender.body([(keys, edge)]) for edge in edges_of(place)]
        taken += [body for body in bodies if sender.tried(body)]
        assert everything() == before, keys

    sender.read_after(taken)


@pytest.mark.slow
@pytest.mark.server
@each_with_several_fields
def test_several_fields_at_their_edges_together(method, path, sender):
    own = dict(sender.bodies.places(sender.schema))
    one = st.sampled_from(sorted(own, key=str)).flatmap(
        lambda keys: st.tuples(st.just(keys), st.sampled_from(edges_of(own[keys])))
    )
    before, taken = everything(), []

    @hypothesis_settings(
        max_examples=COMBINED,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(changes=st.lists(one, min_size=2, max_size=4, unique_by=lambda change: change[0][0]))
    def check(changes):
        body = sender.body(changes)
        if sender.tried(body):
            taken.append(body)

    check()
    assert everything() == before
    sender.read_after(taken)
