"""Rules, and their runs over the history."""

from typing import Unpack

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.feeds import ChangesMixin, changes_schema
from core.views import ListMixin, OwnedModelViewSet, OwnedViewSet, RetrieveMixin
from transactions.models import Rule, RuleRun
from transactions.serializers import rules as shown
from transactions.services import rule_runs, rules
from transactions.views.resources import LedgerScopes


@extend_schema_view(changes=changes_schema(shown.RuleSerializer))
class RuleViewSet(ChangesMixin, LedgerScopes, OwnedModelViewSet):
    """What is to be done with rows of a kind: asked in their order, when rows come in and when you apply them."""

    queryset = Rule.objects.prefetch_related("add_tags")
    serializer_class = shown.RuleSerializer
    ordering = ("position",)
    ordering_fields = ("position", "name", "created_at")

    def writes(self) -> bool:
        return self.action != "preview" and super().writes()

    def perform_create(self, **fields: Unpack[rules.RuleFields]) -> Rule:
        return rules.create_rule(self.person, act=self.act(), **fields)

    def perform_update(self, row: Rule, **fields: Unpack[rules.RuleFields]) -> Rule:
        return rules.update_rule(row, act=self.act(), **fields)

    def perform_destroy(self, row: Rule) -> None:
        rules.delete_rule(row, act=self.act())

    @extend_schema(request=shown.RulePreviewRequestSerializer, responses=shown.RulePreviewSerializer)
    @action(detail=False, methods=["post"], serializer_class=shown.RulePreviewRequestSerializer)
    def preview(self, request: Request) -> Response:
        """What a rule would change among your latest 5,000 rows; nothing is saved."""
        found = rule_runs.preview(self.person, **self.validated())
        return Response(shown.RulePreviewSerializer(found).data)

    @extend_schema(request=shown.ApplyRulesSerializer, responses={202: shown.RuleRunSerializer})
    @action(detail=False, methods=["post"], serializer_class=shown.ApplyRulesSerializer)
    def apply(self, request: Request) -> Response:
        """Apply rules to all your rows, as a job; `dry_run` says what would change."""
        run = rule_runs.start_rules(self.person, act=self.act(), **self.validated())
        return self.made(run, shown.RuleRunSerializer(run).data, http_status=status.HTTP_202_ACCEPTED)


class RuleRunViewSet(LedgerScopes, RetrieveMixin, ListMixin, OwnedViewSet):
    """Rules on their way through your history."""

    queryset = RuleRun.objects.all()
    serializer_class = shown.RuleRunSerializer

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop a run that has not finished; what it has changed stays."""
        return self.represent(rule_runs.cancel_run(self.get_object(), act=self.act()))
