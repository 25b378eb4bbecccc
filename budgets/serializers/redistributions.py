"""Redistributions as the API shows them, and how one is asked for."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.models import Redistribution
from budgets.selectors.runs import (
    CategoryStanding,
    RunMove,
    Shortfall,
    moves_in,
    shortfalls_of,
    states_before,
)
from core.serializers import ContractModelSerializer, ContractSerializer, answer_serializer

MoveSerializer = answer_serializer(RunMove)
ShortfallSerializer = answer_serializer(Shortfall)
CategoryStandingSerializer = answer_serializer(CategoryStanding)


class RedistributionSerializer(ContractModelSerializer):
    currency = serializers.CharField(source="period.currency", read_only=True)
    moves = serializers.SerializerMethodField()
    short = serializers.SerializerMethodField()
    states = serializers.SerializerMethodField()

    class Meta:
        model = Redistribution
        fields = (
            "id", "period", "made_on", "trigger", "status", "message", "currency", "moves", "short", "states",
            "undone_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(MoveSerializer(many=True))
    def get_moves(self, run: Redistribution) -> object:
        return MoveSerializer(moves_in(run), many=True).data

    @extend_schema_field(ShortfallSerializer(many=True))
    def get_short(self, run: Redistribution) -> object:
        return ShortfallSerializer(shortfalls_of(run), many=True).data

    @extend_schema_field(CategoryStandingSerializer(many=True))
    def get_states(self, run: Redistribution) -> object:
        return CategoryStandingSerializer(states_before(run), many=True).data


class RunRequestSerializer(ContractSerializer):
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would be moved.")
