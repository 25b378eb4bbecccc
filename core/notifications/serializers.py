"""What a person was told, in the API."""

from rest_framework import serializers

from core.models import Notification
from core.serializers import ContractModelSerializer


class NotificationSerializer(ContractModelSerializer):
    data = serializers.DictField(  # type: ignore[assignment]
        read_only=True, help_text="What it is about, by topic: ids, days, amounts."
    )

    class Meta:
        model = Notification
        fields = ("id", "topic", "title", "body", "data", "deliver_at", "read_at", "created_at")
        read_only_fields = fields


class ReadCountSerializer(serializers.Serializer[dict[str, int]]):
    count = serializers.IntegerField(help_text="How many were unread.")
