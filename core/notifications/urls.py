"""Addresses of what a person was told, under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from core.notifications.views import NotificationViewSet

router = SimpleRouter(trailing_slash=False)
router.register("notifications", NotificationViewSet)

urlpatterns = router.urls
