"""What the schema promises of every operation and every component."""

import re
import tomllib
from pathlib import Path

import pytest
from drf_spectacular.generators import SchemaGenerator

from ingest.adapters.csv.layout import COLUMN_ROLES, given_parts
from ingest.domain.statement import UnreadableStatementError

ROOT = Path(__file__).resolve().parents[1]


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


def test_the_document_is_of_the_version_that_is_built(document):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert document["info"]["version"] == project["version"]


def test_every_tag_is_described_and_used(document, operations):
    described = {tag["name"]: tag["description"] for tag in document["tags"]}

    assert described.keys() == {tag for operation in operations.values() for tag in operation["tags"]}
    assert all(text.endswith(".") for text in described.values())


def test_no_component_has_a_name_that_shadows_or_says_nothing(document):
    names = document["components"]["schemas"].keys()

    assert names.isdisjoint({"Error", "Outcome", "Result", "State", "Warning", "Found", "Held", "Short"})
    assert [name for name in names if name.endswith("RequestRequest")] == []
    assert names.isdisjoint({"BlankEnum", "NullEnum"})


def test_every_component_is_used(document):
    used = {each["$ref"] for each in schemas_in(document) if isinstance(each.get("$ref"), str)}

    for kind in ("schemas", "responses", "headers"):
        for name in document["components"][kind]:
            assert f"#/components/{kind}/{name}" in used, name


def test_what_is_made_says_where_it_is(operations):
    made = operations["accounts_create"]["responses"]["201"]["headers"]

    assert {"Location", "RateLimit-Remaining", "Idempotency-Replayed"} <= made.keys()
    assert "Location" in operations["ingest_statements_create"]["responses"]["202"]["headers"]


def test_whoever_asks_too_often_is_told_how_long_to_wait(document):
    assert "Retry-After" in document["components"]["responses"]["TooManyRequests"]["headers"]


def test_corrections_of_a_layout_are_typed_and_sent_as_json(document, operations):
    form = operations["ingest_statements_create"]["requestBody"]["content"]["multipart/form-data"]
    mapping = document["components"]["schemas"]["StatementUploadRequest"]["properties"]["mapping"]

    assert form["encoding"] == {"mapping": {"contentType": "application/json"}}
    assert mapping["properties"]["date_order"]["enum"] == ["DMY", "MDY", "YMD"]
    assert mapping["additionalProperties"] is False


def test_corrections_that_are_described_are_those_that_are_read(document):
    mapping = document["components"]["schemas"]["StatementUploadRequest"]["properties"]["mapping"]
    with pytest.raises(UnreadableStatementError) as refusal:
        given_parts({"no such part": 1})
    parts = refusal.value.message.split("it has ")[1].rstrip(".").split(", ")

    assert mapping["properties"].keys() == set(parts)
    assert mapping["properties"]["columns"]["properties"].keys() == set(COLUMN_ROLES)


def test_lists_say_by_what_they_can_be_ordered(operations):
    (ordering,) = (each for each in operations["tags_list"]["parameters"] if each["name"] == "ordering")

    assert ordering["schema"]["items"]["enum"] == ["name", "-name", "created_at", "-created_at", "id", "-id"]
    assert (ordering["style"], ordering["explode"]) == ("form", False)


def test_a_row_of_a_bulk_change_says_which_it_is(document):
    assert document["components"]["schemas"]["PatchedBulkUpdateRowRequest"]["required"] == ["id"]
