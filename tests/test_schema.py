"""What the schema promises of every operation and every component."""

import re

import pytest
from drf_spectacular.generators import SchemaGenerator

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def operations(document):
    return {each["operationId"]: each for path in document["paths"].values() for each in path.values()}


def schemas_in(part):
    """Every schema below, and the part itself."""
    if isinstance(part, dict):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from schemas_in(each)


def test_nothing_is_said_in_words_of_an_older_openapi(document):
    assert document["openapi"] == "3.1.0"
    assert [each for each in schemas_in(document) if "nullable" in each] == []


def test_every_operation_has_a_name_of_its_own_and_a_heading(document, operations):
    assert len(operations) == sum(len(path) for path in document["paths"].values())
    for name, operation in operations.items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name), name
        assert operation["summary"], name
        assert len(operation["summary"]) <= 110, name


@pytest.mark.parametrize(
    "name",
    [
        "auth_login", "budgets_calendar_svg", "debts_compare_chart_svg", "transactions_bulk_create",
        "transactions_changes", "transactions_export_csv", "transactions_partial_update", "users_me_retrieve",
    ],
)  # fmt: skip
def test_operations_are_called_as_a_person_would_call_them(operations, name):
    assert name in operations


def test_a_page_says_that_its_links_may_be_null(document):
    for name, schema in document["components"]["schemas"].items():
        if name.startswith("Paginated"):
            assert schema["required"] == ["next", "previous", "results"]
            for link in ("next", "previous"):
                assert schema["properties"][link]["type"] == ["string", "null"]
                assert schema["properties"][link]["format"] == "uri"


def test_a_limit_has_its_bounds_wherever_it_is_taken(operations):
    limits = [
        parameter["schema"]
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["name"] == "limit"
    ]

    assert len(limits) > 30
    assert all(each == {"type": "integer", "minimum": 1, "maximum": 500, "default": 50} for each in limits)


@pytest.mark.parametrize("name", ["transactions_summary", "transactions_export_csv"])
def test_reports_of_the_ledger_take_the_filters_of_its_list(operations, name):
    def parameters(of):
        return {each["name"]: each for each in operations[of]["parameters"]}

    paging = {"limit", "cursor", "ordering"}
    assert parameters("transactions_list").keys() - paging == parameters(name).keys() - {"group_by"}
    assert parameters(name)["amount_min"]["schema"]["type"] == "string"


def test_a_transfer_shows_its_rows(document):
    assert set(document["components"]["schemas"]["Transfer"]["required"]) == {
        "id", "outflow", "inflow", "created_at",
    }  # fmt: skip


def test_decimals_are_text_of_one_format(document):
    decimals = [each for each in schemas_in(document) if each.get("format") == "decimal"]

    assert len(decimals) > 100
    for each in decimals:
        assert not re.search(each["pattern"], ""), each
        assert not re.search(each["pattern"], "-"), each
        assert re.search(each["pattern"], "0"), each


def test_nothing_is_asked_of_a_stranger_who_signs_in(operations):
    open_to_all = {name for name, operation in operations.items() if operation["security"] == []}

    assert open_to_all == {
        "auth_login", "auth_password_forgot", "auth_password_reset", "auth_refresh", "auth_register",
    }  # fmt: skip
