"""Last touches on the whole document: what is said once, and nothing that nobody says."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from core.schema.headers import SHARED_HEADERS, headers_of
from core.schema.responses import ERRORS, RESPONSE_NAMES

Schema = dict[str, Any]
COMPONENTS = "#/components/schemas/"
BLANK, NULL = {"$ref": f"{COMPONENTS}BlankEnum"}, {"$ref": f"{COMPONENTS}NullEnum"}


def finish(result: Schema, **_: object) -> Schema:
    """The document as it is published."""
    _join_blank_choices(result)
    _share_errors(result)
    _name_headers(result)
    _drop_unused(result)
    return result


def operations(result: Schema) -> Iterator[tuple[str, Schema]]:
    """Every operation of the document with its method."""
    for path in result["paths"].values():
        yield from path.items()


def nodes(part: Any) -> Iterator[Schema]:
    """Every object below, and the part itself."""
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from nodes(each)


def _join_blank_choices(result: Schema) -> None:
    """Choices that may be left blank are one enumeration: two that exclude each other confuse generators."""
    schemas = result["components"]["schemas"]
    for node in list(nodes(schemas)):
        options = node.get("oneOf", [])
        if NULL in options:
            node["oneOf"] = [{"type": "null"} if each == NULL else each for each in options]
        if BLANK in options:
            (choices,) = (each["$ref"].removeprefix(COMPONENTS) for each in options if each != BLANK)
            joined = f"{choices.removesuffix('Enum')}OrBlankEnum"
            schemas[joined] = deepcopy(schemas[choices]) | {"enum": [*schemas[choices]["enum"], ""]}
            del node["oneOf"]
            node["$ref"] = COMPONENTS + joined


def _share_errors(result: Schema) -> None:
    """Each error is described once, and every operation refers to it."""
    shared: Schema = {}
    for _, operation in operations(result):
        for status, response in operation["responses"].items():
            if status in ERRORS and response["description"] == ERRORS[status]:
                shared[RESPONSE_NAMES[status]] = response | {"headers": headers_of(status)}
                operation["responses"][status] = {"$ref": f"#/components/responses/{RESPONSE_NAMES[status]}"}
    result["components"]["responses"] = dict(sorted(shared.items()))


def _name_headers(result: Schema) -> None:
    """Each answer names the headers that come with it."""
    result["components"]["headers"] = SHARED_HEADERS
    for method, operation in operations(result):
        for status, response in operation["responses"].items():
            if "$ref" not in response:
                response["headers"] = headers_of(status, method) | response.get("headers", {})


def _drop_unused(result: Schema) -> None:
    """A component that nothing refers to is left out, and what only it refers to."""
    schemas = result["components"]["schemas"]
    others = {name: part for name, part in result["components"].items() if name != "schemas"}
    waiting = list(_named([result["paths"], others]))
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += _named(schemas[name])
    result["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}


def _named(part: Any) -> Iterator[str]:
    for node in nodes(part):
        reference = node.get("$ref", "")
        if isinstance(reference, str) and reference.startswith(COMPONENTS):
            yield reference.removeprefix(COMPONENTS)
