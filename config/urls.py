"""Every address of the application."""

from csp.decorators import csp_update
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django_prometheus.exports import ExportToDjangoView
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView

from core import pages

handler400 = "core.error_responses.bad_request"
handler403 = "core.error_responses.permission_denied"
handler404 = "core.error_responses.page_not_found"
handler500 = "core.error_responses.server_error"

# Redoc draws in a worker made from a blob.
redoc_policy = csp_update({"worker-src": ["'self'", "blob:"], "script-src": ["'self'"]})

urlpatterns = [
    path("", pages.index),
    path("health", pages.health),
    path("health/ready", pages.health_ready),
    path("metrics", ExportToDjangoView),
    path("openapi.yaml", SpectacularAPIView.as_view(), name="schema"),
    path("docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("redoc", redoc_policy(SpectacularRedocView.as_view(url_name="schema"))),
    path("admin", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("api/v1/", pages.index),
    path("api/v1/", include("core.notifications.urls")),
    path("api/v1/", include("users.urls")),
    path("api/v1/", include("transactions.urls")),
    path("api/v1/", include("debts.urls")),
    path("api/v1/", include("budgets.urls")),
    path("api/v1/", include("goals.urls")),
    path("api/v1/ingest/", include("ingest.urls")),
]
