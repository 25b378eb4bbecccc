"""Whichever id of alice's bob writes into an address, a filter or a body: it names nothing.

Where an id may stand is read from the schema, so a route that is added is tried too; one whose field has a name
that ``NAMED`` does not know, or whose rows ``rows_of`` does not make, fails.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from rest_framework.test import APIClient

from budgets.models import BudgetPeriod
from debts.models import Debt
from ingest.models import StatementImport
from tests.test_routes import ROUTES, WITH_ID, api_schema, everything, operations
from transactions.models import (
    Account,
    Category,
    Merchant,
    RecurringSeries,
    Rule,
    Sighting,
    Tag,
    Transaction,
)

Keys = tuple[str | int, ...]
Rows = dict[type, Any]
NAMED = {
    "account": Account, "category": Category, "parent": Category, "set_category": Category,
    "merchant": Merchant, "set_merchant": Merchant, "tag": Tag, "tags": Tag, "add_tags": Tag,
    "transaction": Transaction, "other": Transaction, "purchase": Transaction, "outflow": Transaction,
    "inflow": Transaction, "id": Transaction, "rows": Transaction, "sighting": Sighting, "debt": Debt,
    "debt_ids": Debt, "rule": Rule, "recurring": RecurringSeries, "import_id": StatementImport,
    "unused_subscriptions": RecurringSeries,
    "period": BudgetPeriod,
}  # fmt: skip


def places(schema: dict[str, Any], parts: dict[str, Any], keys: Keys = ()) -> Iterator[Keys]:
    """Where in a body the id of a row may stand."""
    named = schema.get("$ref", "").rpartition("/")[2]
    schema = parts[named] if named else schema
    if schema.get("readOnly"):
        return
    if schema.get("format") == "uuid":
        yield keys
    inside = [((*keys, name), inner) for name, inner in schema.get("properties", {}).items()]
    inside += [((*keys, 0), schema["items"])] if "items" in schema else []
    inside += [(keys, inner) for kind in ("allOf", "oneOf", "anyOf") for inner in schema.get(kind, ())]
    for place, inner in inside:
        yield from places(inner, parts, place)


def in_bodies() -> Iterator[tuple[str, str, Keys]]:
    parts = api_schema()["components"]["schemas"]
    for (method, path), operation in operations().items():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for keys in places(content["schema"], parts):
                yield method, path, keys


def in_queries() -> Iterator[tuple[str, str]]:
    for (method, path), operation in operations().items():
        for parameter in operation.get("parameters", ()):
            if method == "get" and parameter["in"] == "query" and "uuid" in str(parameter["schema"]):
                yield path, parameter["name"]


def body_with(keys: Keys, foreign: str) -> Any:
    """The smallest body that holds the id in its place."""
    body: Any = foreign
    for key in reversed(keys):
        body = [body] if isinstance(key, int) else {key: body}
    return body


def address(path: str, rows: Rows) -> str:
    return next(route for route in ROUTES if route.path == path).url(rows)


def send(client: APIClient, method: str, url: str, body: Any) -> Any:
    if url.endswith("/ingest/statements"):
        return client.post(url, body | {"file": ContentFile(b"Date", "march.csv")}, format="multipart")
    return getattr(client, method)(url, body)


def is_not_found(answer: Any) -> bool:
    """404, or in a request of many rows, that outcome of the row."""
    if "bulk" in answer.wsgi_request.path:
        return [row["error_code"] for row in answer.json()["rows"]] == ["NOT_FOUND"]
    return (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("method", "path"), sorted({(route.method, route.path) for route in WITH_ID}), ids=str
)
def test_an_address_with_another_person_s_id_is_nowhere(
    method: str, path: str, hers: Rows, bob_api: APIClient
) -> None:
    before = everything()

    answer = getattr(bob_api, method)(address(path, hers))

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert everything() == before


def told_by(answer: Any) -> Any:
    """What an answer says, but for the request's own id; of a table its lines."""
    if answer.headers["Content-Type"].startswith("text/csv"):
        return b"".join(answer.streaming_content).splitlines()
    return answer.json() | {"request_id": ""}


def found_in(told: Any) -> Any:
    """The rows of a page, of a report, or of a table below its head."""
    return told[1:] if isinstance(told, list) else told.get("results", told.get("rows"))


@pytest.mark.parametrize(("path", "name"), list(in_queries()), ids=str)
def test_a_filter_with_another_person_s_id_finds_what_one_of_nobody_finds(
    path: str, name: str, hers: Rows, bob_api: APIClient
) -> None:
    foreign, nobody_s = str(hers[NAMED[name]].pk), str(uuid.uuid4())

    answer, other = (bob_api.get(path, {name: pk}) for pk in (foreign, nobody_s))

    assert answer.status_code == other.status_code
    told, of_nobody = (told_by(each) for each in (answer, other))
    assert str(told).replace(foreign, nobody_s) == str(of_nobody)
    assert answer.status_code != 200 or not found_in(told)


@pytest.mark.parametrize(("method", "path", "keys"), list(in_bodies()), ids=str)
def test_a_body_with_another_person_s_id_changes_nothing(
    method: str, path: str, keys: Keys, hers: Rows, his: Rows, bob_api: APIClient
) -> None:
    name = next(key for key in reversed(keys) if isinstance(key, str))
    body = body_with(keys, str(hers[NAMED[name]].pk))
    if path.endswith("/bulk/update") and name != "id":
        body["rows"][0]["id"] = str(his[Transaction].pk)
    before = everything()

    answer = send(bob_api, method, address(path, his), body)

    assert is_not_found(answer), answer.json()
    assert everything() == before
