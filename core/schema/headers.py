"""The headers that come with answers."""

from typing import Any

Schema = dict[str, Any]


def _header(description: str, schema: Schema) -> Schema:
    return {"description": description, "schema": schema}


COUNT: Schema = {"type": "integer", "minimum": 0}
SHARED_HEADERS: Schema = {
    "RateLimit-Limit": _header("How many requests a minute may have.", COUNT),
    "RateLimit-Remaining": _header("How many are left of this minute.", COUNT),
    "RateLimit-Reset": _header("In how many seconds the minute ends.", COUNT),
    "Retry-After": _header("In how many seconds to try again.", COUNT),
    "Location": _header(
        "Where what was made, or the job, is to be found.", {"type": "string", "format": "uri-reference"}
    ),
    "Idempotency-Replayed": _header(
        "`true` where this is the first answer to the same Idempotency-Key, given again.",
        {"type": "string", "enum": ["true"]},
    ),
    "ETag": _header("The version of what is shown, for If-None-Match and If-Match.", {"type": "string"}),
}
RATE_LIMIT = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
MADE = {"201", "202"}


def headers_of(status: str, method: str = "") -> Schema:
    """The headers of an answer with this status, by reference."""
    names = list(RATE_LIMIT) if status not in {"500", "503"} else []
    if status == "429":
        names.append("Retry-After")
    if status in MADE:
        names.append("Location")
    if method == "post" and status.startswith("2"):
        names.append("Idempotency-Replayed")
    if method in {"get", "patch"} and status in {"200", "304"}:
        names.append("ETag")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
