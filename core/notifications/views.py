"""Endpoints of what a person was told: each one call."""

from typing import cast

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import Notification, NotificationQuerySet
from core.notifications import services
from core.notifications.filters import NotificationFilter
from core.notifications.serializers import NotificationSerializer, ReadCountSerializer
from core.scopes import READ_NOTIFICATIONS, WRITE_NOTIFICATIONS
from core.views import ListMixin, OwnedViewSet, RetrieveMixin


class NotificationViewSet(RetrieveMixin[Notification], ListMixin[Notification], OwnedViewSet[Notification]):
    """What you were told, the latest first; what quiet hours hold back comes when they end."""

    queryset = Notification.objects.all()
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter
    read_scope = READ_NOTIFICATIONS
    write_scope = WRITE_NOTIFICATIONS
    ordering = ("-deliver_at",)
    ordering_fields = ("deliver_at",)

    def get_queryset(self) -> NotificationQuerySet:
        return cast("NotificationQuerySet", super().get_queryset()).shown(timezone.now())

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def read(self, request: Request, pk: str) -> Response:
        """You have read it; when, is noted the first time."""
        return self.represent(services.mark_read(self.get_object(), now=timezone.now()))

    @extend_schema(request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def unread(self, request: Request, pk: str) -> Response:
        """Let it count as new again."""
        return self.represent(services.mark_unread(self.get_object()))

    @extend_schema(request=None, responses=ReadCountSerializer)
    @action(detail=False, methods=["post"], url_path="read-all", filterset_class=None, pagination_class=None)
    def read_all(self, request: Request) -> Response:
        """You have read all of them."""
        return Response({"count": services.mark_all_read(self.person, now=timezone.now())})
