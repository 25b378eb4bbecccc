"""Addresses of imports, under ``/api/v1/ingest/``."""

from rest_framework.routers import SimpleRouter

from ingest import views

router = SimpleRouter(trailing_slash=False)
router.register("statements", views.StatementImportViewSet)

urlpatterns = router.urls
