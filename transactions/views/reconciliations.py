"""Balances held against what the bank says."""

from typing import Unpack

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.views import OwnedModelViewSet
from transactions import filters
from transactions.models import Reconciliation
from transactions.selectors.accounts import reconciliations_with_balances
from transactions.serializers import resources
from transactions.services import reconciliation
from transactions.views.resources import LedgerScopes


class ReconciliationViewSet(LedgerScopes, OwnedModelViewSet):
    """What statements say an account held at the end of a day, beside what the ledger says now."""

    queryset = reconciliations_with_balances()
    serializer_class = resources.ReconciliationSerializer
    filterset_class = filters.ReconciliationFilter
    ordering = ("-on",)
    ordering_fields = ("on", "created_at")

    def perform_create(self, **fields: Unpack[reconciliation.ReconciliationFields]) -> Reconciliation:
        return reconciliation.reconcile(self.person, act=self.act(), **fields)

    def perform_update(
        self, row: Reconciliation, **fields: Unpack[reconciliation.ReconciliationFields]
    ) -> Reconciliation:
        return reconciliation.update_reconciliation(row, act=self.act(), **fields)

    def perform_destroy(self, row: Reconciliation) -> None:
        reconciliation.remove_reconciliation(row, act=self.act())

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def adjust(self, request: Request, pk: str) -> Response:
        """Book the difference as a row on the day, so that ledger and statement agree."""
        reconciliation.adjust(self.get_object(), act=self.act())
        return self.represent(self.get_object())
