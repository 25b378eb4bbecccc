"""How each operation is described: its name, its heading, who may call it, what goes in and what comes out."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc, get_lib_doc_excludes, get_view_model
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse
from rest_framework.filters import OrderingFilter
from rest_framework.serializers import ModelSerializer, Serializer

from core import serializers as building_blocks
from core import views
from core.idempotency import HEADER
from core.parameters import known_parameters
from core.schema import pages, wording
from core.schema.fields import Schema, decimal_string
from core.schema.responses import ANYWHERE, ERRORS, OF_A_BODY, ErrorAnswerSerializer
from core.scopes import required_scopes

PRINTABLE = r"^[!-~]([ -~]*[!-~])?$"
METHODS = ("get", "post", "put", "patch", "delete")


def base_classes() -> list[type]:
    """Those whose own words are for who extends them; what a reader of the API sees stops short of them."""
    ours = [
        each
        for module in (building_blocks, views)
        for each in vars(module).values()
        if isinstance(each, type)
    ]
    return [*get_lib_doc_excludes(), *ours]


def is_always_shown(serializer: Serializer[Any], name: str) -> bool:
    """Whether each answer has this field: a model or an answer has all, a mapping may lack what is not required."""
    field = serializer.fields[name]
    if field.write_only:
        return False
    is_whole = isinstance(serializer, ModelSerializer | building_blocks.AnswerSerializer)
    return is_whole or field.required or field.read_only


def _header(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description)


class ContractSchema(AutoSchema):
    """Adds to each operation what every view of the contract does."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Schema | None:
        operation: Schema | None = super().get_operation(*args, **kwargs)
        if operation and not self.get_auth():
            operation["security"] = []
        return operation

    def get_auth(self) -> list[Schema]:
        # "Nothing is asked for" is an empty list; generators take [{}] for a token that may be left out.
        return [each for each in super().get_auth() if each]

    def get_operation_id(self) -> str:
        words = self._tokenize_path()
        action = self._standard_action()
        if action is None and len(self._methods()) > 1:
            action = "list" if self._is_list_view() else self.method_mapping[self.method.lower()]
        return wording.operation_id(words=words, action=action)

    def get_summary(self) -> str:
        documentation = self._own_documentation()
        if documentation:
            return wording.heading_and_text(documentation)[0]
        action = self._standard_action() or self.method_mapping[self.method.lower()]
        return wording.title(action, **self._nouns())

    def get_description(self) -> str:  # type: ignore[override]
        own = self._own_documentation()
        text = wording.heading_and_text(own)[1] if own else get_doc(self.view.__class__)
        scopes = ", ".join(f"`{scope}`" for scope in required_scopes(self.view, self.method))
        needed = "Any token of yours will do." if self.get_auth() else "No token is needed."
        return "\n\n".join(part for part in (text, f"Scope: {scopes}" if scopes else needed) if part)

    def get_extensions(self) -> Schema:
        scopes = [str(scope) for scope in required_scopes(self.view, self.method)]
        return {**super().get_extensions(), "x-scopes": scopes} if scopes else super().get_extensions()

    def get_override_parameters(self) -> list[Any]:
        parameters = list(super().get_override_parameters())
        if self.method == "POST":
            parameters.append(
                OpenApiParameter(
                    HEADER,
                    {"type": "string", "maxLength": 255, "pattern": PRINTABLE},
                    OpenApiParameter.HEADER,
                    description="Repeating the request with the same key gives the first answer again.",
                )
            )
        if self.method == "GET":
            parameters.append(
                _header("If-None-Match", "An ETag that you have; 304 where it is the same still.")
            )
        if self._is_conditional():
            parameters.append(
                _header("If-Match", "The ETag of what you have read; 412 where it has changed.")
            )
        return parameters

    def _is_conditional(self) -> bool:
        return self.method in {"PUT", "PATCH", "DELETE"} and "get" in self._methods()

    def get_filter_backends(self) -> list[Any]:
        filtered = getattr(self.view, "action", None) in getattr(self.view, "filtered_actions", ())
        ordered = "ordering" in known_parameters(self.view)
        backends = getattr(self.view, "filter_backends", [])
        return [each for each in backends if (ordered if issubclass(each, OrderingFilter) else filtered)]

    def get_serializer_name(self, serializer: Serializer[Any], direction: Direction) -> str:
        name = super().get_serializer_name(serializer, direction).removesuffix("Serializer")
        return name.removesuffix("Request") if direction == "request" else name

    def _own_documentation(self) -> str:
        """What the method says itself; what its class says is about all of them."""
        method = getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)
        return get_doc(method)

    def _standard_action(self) -> str | None:
        action = getattr(self.view, "action", None)
        return action if action in wording.TITLES else None

    def _methods(self) -> list[str]:
        """The methods that this address takes."""
        routed = getattr(self.view, "action_map", None)
        return [each for each in METHODS if (each in routed if routed else hasattr(self.view, each))]

    def _nouns(self) -> dict[str, str]:
        model = get_view_model(self.view, emit_warnings=False)
        if model is not None:
            return {
                "singular": str(model._meta.verbose_name),  # noqa: SLF001
                "plural": str(model._meta.verbose_name_plural),  # noqa: SLF001
            }
        name = wording.words_of(self._get_serializer_name(self.get_response_serializers(), "response"))
        return {"singular": name, "plural": name}

    def _get_paginator(self) -> pages.PageDescription | None:
        return pages.PageDescription() if super()._get_paginator() else None

    def _get_filter_parameters(self) -> list[Schema]:
        parameters: list[Schema] = super()._get_filter_parameters()
        for parameter in parameters:
            if parameter["schema"].get("type") == "number":
                parameter["schema"] = decimal_string()
            if parameter["name"] == "ordering":
                parameter.update(pages.ordering([*getattr(self.view, "ordering_fields", ()), "id"]))
        return parameters

    def _map_basic_serializer(self, serializer: Any, direction: Direction) -> Schema:
        schema: Schema = super()._map_basic_serializer(serializer, direction)
        if serializer.partial and "id" in schema["properties"] and not serializer.fields["id"].read_only:
            # A row among several to be changed says which one it is.
            schema["required"] = ["id"]
        if direction == "response":
            schema["required"] = sorted(
                name for name in schema["properties"] if is_always_shown(serializer, name)
            )
        return schema

    def _get_response_bodies(self, direction: Direction = "response") -> Schema:
        bodies: Schema = super()._get_response_bodies(direction)
        if self.method == "GET":
            bodies["304"] = {"description": "As you have it already (If-None-Match)."}
        for code in self._error_statuses():
            if code not in bodies:
                error = OpenApiResponse(ErrorAnswerSerializer, ERRORS[code])
                bodies[code] = self._get_response_for_code(error, code, ["application/json"], direction)
        return bodies

    def _error_statuses(self) -> list[str]:
        asked = {
            ANYWHERE: True,
            ("401",): bool(self.get_auth()),
            ("403",): bool(required_scopes(self.view, self.method)),
            ("404",): "{" in self.path,
            ("409",): self.method == "DELETE",
            ("412",): self._is_conditional(),
            ("422",): self._standard_action() is None,
            OF_A_BODY: self.method in {"POST", "PUT", "PATCH"},
        }
        return sorted({status for statuses, holds in asked.items() if holds for status in statuses})
