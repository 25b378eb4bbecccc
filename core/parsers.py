"""Reading request bodies."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser, JSONParser


class ContractJSONParser(JSONParser):
    """JSON of a bounded size and depth whose text can be written down again.

    Raises ``RequestDataTooBig`` over ``DATA_UPLOAD_MAX_MEMORY_SIZE`` and ``ParseError`` for what is not JSON,
    is nested too deeply, or escapes half of a surrogate pair (RFC 8259, section 8.2).
    """

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, object] | None = None,
    ) -> dict[str, object]:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            data: dict[str, object] = super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError as exc:
            raise ParseError("The JSON is nested too deeply.") from exc
        if b"\\u" in body:
            _require_text(data)
        return data


def not_read(given: str, parsers: Iterable[BaseParser]) -> UnsupportedMediaType:
    """The refusal of a body that no parser of an address reads; it names what they do read."""
    read = " or ".join(parser.media_type for parser in parsers)
    return UnsupportedMediaType(given, f"“{given[:80]}” is not read here. Send {read}.")


def _require_text(data: object) -> None:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as exc:
        raise ParseError("The JSON escapes half of a surrogate pair.") from exc
