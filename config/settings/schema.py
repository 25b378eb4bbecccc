"""The OpenAPI document: what it says of the whole, and how parts of it are called."""

from core import hooks

DESCRIPTION = """\
A self-hosted money coach: one clean ledger from what a person already has, and plans drawn from it.

- **Signing in.** `POST /api/v1/auth/login` answers two tokens. Send the access token as `Authorization: Bearer ...`;
  it counts for 30 minutes, the refresh token once. Each operation names the scope that a token needs for it.
- **Money** is a decimal as text, at its currency's own precision, beside its ISO 4217 code; outflow is negative.
- **Lists** come in pages: follow `next` and `previous`. Parameters that an operation does not know are refused.
- **Errors** all have one shape: `error` for people, `error_code` for programs, `errors` with a pointer to each fault.
- **Repeating.** Any POST with an `Idempotency-Key` can be sent again: it acts once and answers alike.
- **Long work** is a job: 202, and a `Location` to look at until it has ended.
"""

SPECTACULAR_SETTINGS = {
    "TITLE": "Solvent",
    "DESCRIPTION": DESCRIPTION,
    "VERSION": "0.1.0",
    "SERVERS": [{"url": "/", "description": "The instance that this document came from."}],
    "TAGS": hooks.tags,
    "OAS_VERSION": "3.1.0",
    "GET_LIB_DOC_EXCLUDES": "core.schema.base_classes",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # Each app names its own enumerations and describes its own tags.
    "ENUM_NAME_OVERRIDES": hooks.enums,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.schema.document.finish",
    ],
}
