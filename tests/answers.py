"""Every answer that a test gets from the API is held against the schema, by the client that asked for it.

The schema is read strictly: a property that it does not name is as wrong as one that it names and is missing, and
a query parameter that was taken must stand in it.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

import jsonschema_rs
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

API = "/api/v1/"
DOCUMENT = "urn:solvent:openapi"
# What any address answers to a request that no operation describes.
OUTSIDE = {404, 405}


@dataclass(frozen=True)
class Answer:
    """An answer, however it was asked for."""

    method: str
    path: str
    parameters: Iterable[str]
    status: int
    media_type: str
    content: bytes

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


class CheckedClient(APIClient):
    """A test client that takes no answer the schema does not promise."""

    def request(self, **kwargs: Any) -> Any:
        response = super().request(**kwargs)
        request = response.wsgi_request
        if request.path.startswith(API) and request.path != API:
            check(
                Answer(
                    method=request.method,
                    path=request.path,
                    parameters=request.GET,
                    status=response.status_code,
                    media_type=response.headers.get("Content-Type", "").partition(";")[0],
                    content=b"" if response.streaming else plain(response),
                )
            )
        return response


def plain(response: Any) -> bytes:
    """The body of an answer as it was before it was compressed."""
    is_compressed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.content) if is_compressed else response.content


def check(answer: Answer) -> None:
    """An ``AssertionError`` where the schema says something else."""
    template = _template(answer.path)
    operation = _document()["paths"].get(template, {}).get(answer.method.lower())
    if operation is None:
        assert answer.status in OUTSIDE, f"{answer}: not described"
        _check_body(answer, "#/components/schemas/ErrorAnswer")
        return
    _check_parameters(answer, operation)
    status = _described_status(answer, operation)
    place = f"#/paths/{_escaped(template)}/{answer.method.lower()}/responses/{status}"
    content = _resolved(operation["responses"][status]).get("content", {})
    if not content:
        assert not answer.content, f"{answer}: a body where none is described"
        return
    assert answer.media_type in content, f"{answer}: {answer.media_type} is not described"
    if answer.media_type == "application/json":
        reference = operation["responses"][status].get("$ref", place)
        _check_body(answer, f"{reference}/content/{_escaped(answer.media_type)}/schema")


def _check_parameters(answer: Answer, operation: Mapping[str, Any]) -> None:
    if answer.status >= 400:
        return
    described = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    assert set(answer.parameters) <= described, (
        f"{answer}: {set(answer.parameters) - described} not described"
    )


def _described_status(answer: Answer, operation: Mapping[str, Any]) -> str:
    responses = operation["responses"]
    status = str(answer.status)
    if status not in responses and answer.status >= 500:
        status = "default"
    assert status in responses, f"{answer}: the status is not described"
    return status


def _check_body(answer: Answer, pointer: str) -> None:
    body = json.loads(answer.content)
    validator = _validator(pointer)
    if not validator.is_valid(body):
        faults = [f"{_path(error.instance_path)}: {error.message}" for error in validator.iter_errors(body)]
        raise AssertionError(f"{answer} is not as described:\n" + "\n".join(faults))


def _path(parts: Iterable[str | int]) -> str:
    return "".join(f"/{part}" for part in parts) or "/"


@cache
def _document() -> dict[str, Any]:
    return _strict(deepcopy(SchemaGenerator().get_schema(request=None, public=True)))


@cache
def _registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry([(DOCUMENT, _document())], draft=jsonschema_rs.Draft202012)


@cache
def _validator(pointer: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{DOCUMENT}{pointer}"}, registry=_registry(), validate_formats=True
    )


@cache
def _template(path: str) -> str:
    """The path as the schema writes it; the more words are its own, the better it fits."""
    fitting = [template for template, pattern in _patterns().items() if pattern.fullmatch(path)]
    return min(fitting, key=lambda template: template.count("{"), default="")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        template: re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))
        for template in _document()["paths"]
    }


def _resolved(response: Mapping[str, Any]) -> Mapping[str, Any]:
    name = response.get("$ref", "").rpartition("/")[2]
    return _document()["components"]["responses"][name] if name else response


def _escaped(part: str) -> str:
    """A part of a JSON pointer in the fragment of a URI (RFC 6901, section 6)."""
    return quote(part.replace("~", "~0").replace("/", "~1"), safe="~")


def _strict(schema: Any) -> Any:
    """Where a schema names properties there are no others."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "object" and "properties" in schema:
        schema.setdefault("additionalProperties", False)
    return {name: _strict(each) for name, each in schema.items()}
