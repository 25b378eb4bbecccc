"""What stands beside the body of a request: which query parameters there are, and how they are read."""

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from core.errors import OutsideBodyError, parameter_error

PAGING_PARAMETERS = ("limit", "cursor", "ordering")
CHANGE_PARAMETERS = ("limit", "since")
WORDS = {"true": True, "1": True, "false": False, "0": False}


def known_parameters(view: Any) -> list[str]:
    """Every query parameter that the view's current action understands."""
    known = list(getattr(view, "query_parameters", ()))
    action = getattr(view, "action", None)
    if action == "changes":
        known += CHANGE_PARAMETERS
    if action in getattr(view, "filtered_actions", ()):
        known += _filter_names(view)
    if action == "list":
        known += PAGING_PARAMETERS
    return list(dict.fromkeys(known))


def check_parameters(request: Request, view: Any) -> None:
    """A validation error that names a query parameter that the view does not know, or that was given twice."""
    if not request.query_params:
        return
    known = known_parameters(view)
    for name, values in request.query_params.lists():
        if name not in known:
            told = f"known here: {', '.join(known)}." if known else "there is none to give."
            raise parameter_error(name[:100], f"Unknown query parameter; {told}", "unknown_parameter")
        if len(values) > 1:
            text = "Give it once; where it takes several values they are separated by commas."
            raise parameter_error(name, text, "repeated")


def asked_in_query(serializer: Serializer[Any]) -> dict[str, Any]:
    """What a serializer makes of query parameters; its mistakes point at these."""
    try:
        serializer.is_valid(raise_exception=True)
    except ValidationError as exc:
        mistakes = serializer.errors
        raise OutsideBodyError({f"?{name}": mistakes[name] for name in mistakes}) from exc
    return dict(serializer.validated_data)


def truth_of(text: str) -> bool:
    """``true`` or ``false``, whatever its case; ``ValueError`` for any other word."""
    if text.lower() not in WORDS:
        raise ValueError("Say true or false.")
    return WORDS[text.lower()]


def _filter_names(view: Any) -> list[str]:
    filterset_class = DjangoFilterBackend().get_filterset_class(view, getattr(view, "queryset", None))
    return list(filterset_class.base_filters) if filterset_class else []
