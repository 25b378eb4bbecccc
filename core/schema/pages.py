"""How a page of a list is described."""

from collections.abc import Iterable
from typing import Any

from core.pagination import DEFAULT_LIMIT, MAX_LIMIT

Schema = dict[str, Any]

LIMIT: Schema = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}


def separated(choices: Iterable[str], **bounds: int) -> Schema:
    """A parameter of one or several different choices, separated by commas."""
    items = {"type": "string", "enum": list(choices)}
    schema = {"type": "array", "items": items, "minItems": 1, "uniqueItems": True, **bounds}
    return {"schema": schema, "style": "form", "explode": False}


def ordering(fields: Iterable[str]) -> Schema:
    """The parameter ``ordering`` of a list that can be ordered by these fields."""
    both_ways = [direction + name for name in dict.fromkeys(fields) for direction in ("", "-")]
    text = "By which fields, the first one first; descending with a minus."
    return separated(both_ways) | {"description": text}


class PageDescription:
    """Stands in for the paginator where drf-spectacular asks it to describe itself."""

    def get_schema_operation_parameters(self, view: object) -> list[Schema]:
        return [
            {
                "name": "limit",
                "in": "query",
                "schema": LIMIT,
                "description": "How many rows a page has at most.",
            },
            {
                "name": "cursor",
                "in": "query",
                "schema": {"type": "string"},
                "description": "Where a page begins: follow `next` and `previous` instead of making one up.",
            },
        ]

    def get_paginated_response_schema(self, rows: Schema) -> Schema:
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": _link("The page after this one; null on the last."),
                "previous": _link("The page before this one; null on the first."),
                "results": rows,
            },
        }


def _link(description: str) -> Schema:
    return {
        "type": ["string", "null"],
        "format": "uri",
        "description": description,
        "examples": ["https://solvent.example/api/v1/accounts?cursor=cD0yMDI2LTExLTAx&limit=50"],
    }
