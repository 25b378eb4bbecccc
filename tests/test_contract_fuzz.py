"""Whatever the schema allows, and what it does not: the API answers as the schema says, and never crashes."""

import re
from copy import deepcopy
from functools import lru_cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.factories import PASSWORD
from tests.test_routes import API, DAYS, OWN_ROWS, api_schema
from transactions.models import Account, Category, Merchant, Tag, Transaction
from users.tokens import sign_in

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
EXAMPLES_A_MODE = 12

# A made-up id leads no further than 404: alice's own rows stand in for most of them.
NAMED_ROWS = {
    "account": Account,
    "category": Category,
    "parent": Category,
    "merchant": Merchant,
    "tags": Tag,
    "outflow": Transaction,
    "inflow": Transaction,
    "id": Transaction,
}
LIKELY_TEXTS = {
    "amount": "-12.50",
    "account_amount": "-12.50",
    "opening_balance": "100.00",
    "currency": "EUR",
    "base_currency": "USD",
    "time_zone": "Europe/Sofia",
    "country": "BG",
    "locale": "bg",
    "email": "new@example.org",
    "old_password": PASSWORD,
    "password": PASSWORD,
}


@lru_cache(maxsize=1)
def operations():
    schema = schemathesis.openapi.from_dict(deepcopy(api_schema()))
    schema.app = application
    found = [result.ok() for result in schema.get_all_operations()]
    return {operation.label: operation for operation in found if operation.path.startswith(API)}


@pytest.fixture(autouse=True)
def _one_connection():
    """The application's requests take part in the transaction of the test, as those of Django's client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", operations())
def test_the_api_keeps_to_its_schema(label, mode, alice, hers, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    operation = operations()[label]
    # Uncompressed: the client that reads WSGI answers does not unpack them.
    headers = {
        "Authorization": f"Bearer {sign_in(alice, now=alice.created_at).access}",
        "Accept-Encoding": "identity",
    }

    @hypothesis_settings(
        max_examples=EXAMPLES_A_MODE,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), own=st.sampled_from([True, True, False]))
    def check(case, own):
        if own:
            case.path_parameters = {**(case.path_parameters or {}), **own_path(operation.path, hers)}
            case.body = likely(case.body, hers)
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    check()


def own_path(path, rows):
    """What to put for each name in an address: alice's rows, and a day that she has a budget for."""
    words = path.removeprefix(API).replace("{", "<").replace("}", ">").replace("<id>", "<pk>")
    places = {"id" if name == "pk" else name: f"/<{name}>" for name in re.findall(r"<(\w+)>", words)}
    return {
        name: DAYS.get(place[1:]) or str(rows[OWN_ROWS[words.partition(place)[0]]].pk)
        for name, place in places.items()
    }


def likely(body, rows, name=""):
    """The body with alice's rows, and values that exist, wherever a text stands for one."""
    if isinstance(body, dict):
        return {key: likely(value, rows, key) for key, value in body.items()}
    if isinstance(body, list):
        return [likely(value, rows, name) for value in body]
    if isinstance(body, str) and name in NAMED_ROWS:
        return str(rows[NAMED_ROWS[name]].pk)
    return LIKELY_TEXTS.get(name, body) if isinstance(body, str) else body
