"""The client of the tests takes no answer that the schema does not promise."""

import json
from dataclasses import replace

import pytest

from tests.answers import Answer, check

TAG = {
    "id": "01a1fdec-7ca6-7635-a370-9809e401dde3",
    "name": "holiday",
    "created_at": "2026-03-15T12:00:00Z",
    "updated_at": "2026-03-15T12:00:00Z",
}
PAGE = {"next": None, "previous": None, "results": [TAG]}


def a_list(body, **changes):
    answer = Answer("GET", "/api/v1/tags", {"limit"}, 200, "application/json", json.dumps(body).encode())
    return replace(answer, **changes)


def test_what_is_promised_passes():
    check(a_list(PAGE))


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (a_list(PAGE | {"next": 2}), "/next: 2 is not of types"),
        (a_list(PAGE | {"total": 1}), "total"),
        (a_list(PAGE | {"results": [TAG | {"colour": "red"}]}), "colour"),
        (a_list(PAGE | {"results": [TAG | {"id": "first"}]}), "/results/0/id: "),
        (a_list({"next": None, "results": []}), '"previous" is a required property'),
        (a_list(PAGE, status=201), "the status is not described"),
        (a_list(PAGE, parameters={"colour"}), "colour"),
        (a_list(PAGE, media_type="text/html"), "text/html is not described"),
        (a_list({}, method="DELETE", status=200), "not described"),
        (a_list({}, path="/api/v1/nowhere", status=200), "not described"),
        (a_list({"detail": "Not found."}, path="/api/v1/nowhere", status=404), "error_code"),
    ],
)
def test_what_is_not_promised_fails(answer, complaint):
    with pytest.raises(AssertionError, match=complaint):
        check(answer)


def test_an_error_outside_every_operation_has_the_shape_of_all_errors(api):
    assert api.get("/api/v1/nowhere").status_code == 404
