"""The few addresses outside the API: what this is, and whether it is well."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core.health import readiness


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """What runs here, and where to go on."""
    return JsonResponse(
        {
            "name": "Solvent",
            "description": "A self-hosted, API-first money coach.",
            "docs": "/docs",
            "reference": "/redoc",
            "schema": "/openapi.yaml",
            "admin": "/admin/",
            "health": "/health",
        }
    )


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """The process lives."""
    return JsonResponse({"status": "ok"})


@require_safe
def health_ready(request: HttpRequest) -> JsonResponse:
    """Every dependency by name; 503 where one is down."""
    checks = readiness()
    well = all(state == "ok" for state in checks.values())
    return JsonResponse({"status": "ok" if well else "down", "checks": checks}, status=200 if well else 503)
