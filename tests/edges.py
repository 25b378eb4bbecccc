"""What may stand in a request's body: a body that is taken, made from the schema, and edges for each place in it."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.test_stranger import NAMED

Keys = tuple[str | int, ...]
Schema = dict[str, Any]

DAY = "2026-03-15"
TEXTS = {
    "currency": "EUR", "base_currency": "EUR", "country": "BG", "locale": "bg", "time_zone": "Europe/Sofia",
    "email": "somebody@example.org", "iban": "DE89370400440532013000", "last4": "1234", "seed": "1",
}  # fmt: skip

# Values for each kind of place: at the border, beyond it, of another kind.
OTHER_KINDS = [None, True, [], {"a": {"b": [None]}}]
EDGES: dict[str, list[Any]] = {
    "date": [
        "1900-01-01", "2200-12-31", "1899-12-31", "2201-01-01", "0001-01-01", "0026-11-01", "9999-12-31", "2026-02-30",
        "2024-02-29", "٢٠٢٦-11-24", 20261124,
    ],
    "decimal": [
        "0", "-0", "0.01", "-0.01", "0.00001", "999999999999.99", "-999999999999.99", "1000000000000",
        "99999999999999.9999", "9" * 40, "1E+400", "NaN", "-", "١٢", 12, 12.5, 10**30,
    ],
    "integer": [-1, 0, 32767, 2**31 - 1, 2**31, 2**63, 10**30, 1.5, "5"],
    "boolean": ["true", "maybe", 2],
    "uuid": ["00000000-0000-0000-0000-000000000001", "x", 7],
    "time": ["00:00", "23:59:59.999999", "24:00", "12:00+02:00", "noon"],
    "string": ["", " ", "x" * 101, "x" * 100_000, "a\0b", "\u202e\u2066x", "🌴" * 60, "%s %(a)s {}", "İß", 7],
    "array": [[None], [1], ["x"], "x", {"0": "x"}],
    "object": [{}, {"": 1}, "x"],
}  # fmt: skip


class Bodies:
    """Bodies for the operations of a document of the API, with the rows of a person in the places of ids."""

    def __init__(self, document: Schema, rows: dict[type, Any]) -> None:
        self._parts, self._rows = document["components"]["schemas"], rows
        self._texts = (f"text {number}" for number in range(1, 10**9))

    def resolved(self, schema: Schema) -> Schema:
        """The schema itself, of one that names another or is one of several; null aside."""
        while True:
            if "$ref" in schema:
                schema = self._parts[schema["$ref"].rpartition("/")[2]]
            elif kinds := schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf"):
                schema = next(kind for kind in kinds if kind.get("type") != "null")
            else:
                return schema

    def places(self, schema: Schema, keys: Keys = ()) -> Iterator[tuple[Keys, Schema]]:
        """Every place in a body that somebody may write to, those of objects and arrays included."""
        schema = self.resolved(schema)
        if keys:
            yield keys, schema
        for name, inner in schema.get("properties", {}).items():
            if not inner.get("readOnly"):
                yield from self.places(inner, (*keys, name))
        if "items" in schema:
            yield from self.places(schema["items"], (*keys, 0))

    def smallest(self, schema: Schema, name: str = "") -> Any:
        """What has to be there, with values that are likely to be taken."""
        schema = self.resolved(schema)
        if "enum" in schema:
            return next(value for value in schema["enum"] if value not in ("", None))
        if "properties" in schema:
            return {key: self.smallest(schema["properties"][key], key) for key in schema.get("required", ())}
        return self._value(schema, name)

    def _value(self, schema: Schema, name: str) -> Any:
        make: dict[str, Callable[[], Any]] = {
            "uuid": lambda: str(self._rows[NAMED[name]].pk),
            "date": lambda: DAY,
            "decimal": lambda: "12.50",
            "time": lambda: "08:00:00",
            "integer": lambda: max(1, schema.get("minimum", 1)),
            "boolean": lambda: True,
            "array": lambda: [self.smallest(schema["items"], name)],
            "object": dict,
            "string": lambda: TEXTS.get(name) or next(self._texts),
        }
        return make[kind_of(schema)]()

    def put(self, body: Any, schema: Schema, keys: Keys, value: Any) -> None:
        """Write a value to a place, with the smallest of what has to be around it."""
        schema = self.resolved(schema)
        key, rest = keys[0], keys[1:]
        inner = schema["items"] if isinstance(key, int) else schema["properties"][key]
        if not rest:
            body[key] = value
            return
        there = body[0] if isinstance(key, int) and body else None if isinstance(key, int) else body.get(key)
        if not isinstance(there, list | dict):
            there = self.smallest(inner, str(key))
            if isinstance(key, int):
                body.append(there)
            else:
                body[key] = there
        self.put(there, inner, rest, value)


def kind_of(schema: Schema) -> str:
    """The kind of a place, by which its edges are chosen."""
    kind = schema.get("type", "object")
    kind = next(each for each in kind if each != "null") if isinstance(kind, list) else kind
    named = schema.get("format", "")
    if kind == "string" and "[01][0-9]|2[0-3]" in schema.get("pattern", ""):
        return "time"
    return named if named in EDGES else "decimal" if kind == "number" else kind


def edges_of(schema: Schema) -> list[Any]:
    """What to try in a place; every word of a choice among it."""
    return [*schema.get("enum", ()), *EDGES[kind_of(schema)], *OTHER_KINDS]
