"""Letters: who carries them, and from whom they are.

``EMAIL_URL`` is one of django-environ's addresses, or ``anymail+service://?name=value``: a service that Anymail
knows, with what its settings are called there without the service's name.
"""

from importlib.util import find_spec
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import env

SERVICE = "anymail+"
# Seconds to connect, and to wait for an answer.
SERVICE_PATIENCE = (5, 10)


def carried_by(address: str) -> dict[str, object]:
    """The settings of what carries letters, from its address."""
    parts = urlsplit(address)
    if not parts.scheme.startswith(SERVICE):
        config: dict[str, object] = env.email_url_config(address)
        return config
    service = parts.scheme.removeprefix(SERVICE).replace("-", "_")
    backend = f"anymail.backends.{service}"
    if find_spec(backend) is None:
        raise ImproperlyConfigured(f"EMAIL_URL: Anymail knows no service “{service}”.")
    own = {f"{service}_{name}".upper(): value for name, value in parse_qsl(parts.query)}
    return {
        "EMAIL_BACKEND": f"{backend}.EmailBackend",
        "ANYMAIL": {"REQUESTS_TIMEOUT": SERVICE_PATIENCE, **own},
    }


EMAIL_CONFIG = carried_by(env.str("EMAIL_URL", default="consolemail://"))
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
ANYMAIL = EMAIL_CONFIG.get("ANYMAIL", {})
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Solvent <no-reply@localhost>")
