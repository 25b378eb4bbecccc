"""Last touches on the whole document."""

from collections.abc import Iterator
from typing import Any

from core.schema.responses import ERRORS, RESPONSE_NAMES

Schema = dict[str, Any]
JSON = "application/json"
ERROR_BODY = {"$ref": "#/components/schemas/ErrorAnswer"}


def share_error_responses(result: Schema, **_: object) -> Schema:
    """Each error is described once, and every operation refers to it."""
    shared: Schema = {}
    for operation in operations(result):
        for status, response in operation["responses"].items():
            if status in ERRORS and response.get("description") == ERRORS[status]:
                shared[RESPONSE_NAMES[status]] = response
                operation["responses"][status] = {"$ref": f"#/components/responses/{RESPONSE_NAMES[status]}"}
    result["components"]["responses"] = dict(sorted(shared.items()))
    return result


def operations(result: Schema) -> Iterator[Schema]:
    """Every operation of the document."""
    for path in result["paths"].values():
        yield from path.values()
