"""The REST API: authentication, formats, limits, schema."""

from datetime import timedelta

from config.settings.environment import env

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["users.authentication.AccessTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "core.scopes.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["core.throttling.ContractThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.ContractJSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_FILTER_BACKENDS": [
        "core.filters.ContractFiltering",
        "core.filters.ContractOrdering",
    ],
    "DEFAULT_PAGINATION_CLASS": "core.pagination.ContractPagination",
    "DEFAULT_SCHEMA_CLASS": "core.schema.ContractSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "core.error_responses.ContractExceptionHandler",
    "EXCEPTION_FORMATTER_CLASS": "core.error_responses.ContractFormatter",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True,
}

# Requests a minute.
RATE_LIMITS = {
    "person": env.int("RATE_LIMIT_PERSON", default=600),
    "anonymous": env.int("RATE_LIMIT_ANONYMOUS", default=60),
    "auth": env.int("RATE_LIMIT_AUTH", default=20),
}
# How many proxies stand before the application; the address a client claims for itself is not believed.
REST_FRAMEWORK["NUM_PROXIES"] = env.int("PROXY_COUNT", default=0)

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=30),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "UPDATE_LAST_LOGIN": False,
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
