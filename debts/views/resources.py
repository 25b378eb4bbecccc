"""What is kept: debts, payments, instalments, plans."""

from typing import ClassVar, Unpack

from django.db.models import Model
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.feeds import ChangesMixin, changes_schema
from core.hooks import Scope
from core.negotiation import OneRepresentation
from core.parameters import asked_in_query
from core.serializers import answer_serializer
from core.views import (
    DestroyMixin,
    ListMixin,
    OwnedModelViewSet,
    OwnedViewSet,
    RetrieveMixin,
    UpdateMixin,
)
from debts import filters
from debts.models import Calculation, Debt, DebtPayment, InstalmentPurchase, PaymentPlan
from debts.scopes import READ_DEBTS, WRITE_DEBTS
from debts.selectors import pictures, plan_files
from debts.selectors.answers import DebtSchedule, Plan, Standing
from debts.selectors.balances import debts_with_history
from debts.selectors.payments import SuggestedPayment, payments_of, suggested_payments
from debts.selectors.planning import debt_schedule
from debts.serializers import debts, planning, plans
from debts.serializers import payments as payment_serializers
from debts.services import calculations, payments
from debts.services import debts as debt_services
from debts.services import plans as plan_services
from debts.services.debts import DebtFields
from debts.services.payments import PaymentFields, PurchaseFields
from debts.services.plans import PlanFields

SVG = {(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)}


class DebtScopes:
    read_scope: ClassVar[Scope | None] = READ_DEBTS
    write_scope: ClassVar[Scope | None] = WRITE_DEBTS


@extend_schema_view(changes=changes_schema(debts.DebtSerializer))
class DebtViewSet(ChangesMixin, DebtScopes, OwnedModelViewSet):
    """Debts; what is owed today is derived from their segments, payments and interest."""

    queryset = debts_with_history()
    serializer_class = debts.DebtSerializer
    filterset_class = filters.DebtFilter
    ordering = ("position",)
    ordering_fields = ("position", "name", "created_at")

    @property
    def query_parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        own = {"schedule": ("monthly_payment",), "payments": ("limit", "cursor", "ordering")}
        return own.get(self.action, ())

    def get_serializer_class(self) -> type[BaseSerializer[Model]]:
        is_payment = self.action in {"payments", "record_payment"}
        return payment_serializers.DebtPaymentSerializer if is_payment else super().get_serializer_class()

    def _debt(self) -> Debt:
        """The debt of the address, where the action's order is that of its payments."""
        found: Debt = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return found

    def perform_create(self, **fields: Unpack[DebtFields]) -> Debt:
        return debt_services.add_debt(self.person, act=self.act(), **fields)

    def perform_update(self, row: Debt, **fields: Unpack[DebtFields]) -> Debt:
        return debt_services.update_debt(row, act=self.act(), **fields)

    def perform_destroy(self, row: Debt) -> None:
        debt_services.remove_debt(row, act=self.act())

    @extend_schema(
        parameters=[planning.DebtScheduleQuerySerializer],
        responses=answer_serializer(DebtSchedule),
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def schedule(self, request: Request, pk: str) -> Response:
        """This debt alone, month by month until it is paid off."""
        query = planning.DebtScheduleQuerySerializer(data=request.query_params.dict())
        payment = asked_in_query(query).get("monthly_payment")
        found = debt_schedule(self.get_object(), monthly_payment=payment, today=self.today())
        return Response(answer_serializer(DebtSchedule)(found).data)

    @extend_schema(responses=payment_serializers.DebtPaymentSerializer(many=True))
    @action(
        detail=True,
        filterset_class=None,
        ordering=("-paid_on",),
        ordering_fields=("paid_on", "amount", "created_at"),
    )
    def payments(self, request: Request, pk: str) -> Response:
        """Payments on this debt, the latest first."""
        page = self.paginate_queryset(self.filter_queryset(payments_of(self._debt())))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        request=payment_serializers.DebtPaymentSerializer,
        responses={201: payment_serializers.DebtPaymentSerializer},
    )
    @payments.mapping.post
    def record_payment(self, request: Request, pk: str) -> Response:
        """Record a payment: typed in, or the row of the ledger that made it."""
        debt = self._debt()
        context = {**self.get_serializer_context(), "debt": debt}
        serializer = payment_serializers.DebtPaymentSerializer(data=request.data, context=context)
        serializer.is_valid(raise_exception=True)
        payment = payments.record_payment(debt, act=self.act(), **serializer.validated_data)
        shown = payment_serializers.DebtPaymentSerializer(payment, context=self.get_serializer_context())
        return self.made(payment, shown.data)

    @extend_schema(responses=answer_serializer(SuggestedPayment)(many=True))
    @action(detail=True, url_path="suggested-payments", pagination_class=None, filterset_class=None)
    def suggested_payments(self, request: Request, pk: str) -> Response:
        """Rows of the ledger that look like payments on this debt, the likeliest first, at most 50."""
        found = suggested_payments(self.get_object(), today=self.today())
        return Response(answer_serializer(SuggestedPayment)(found, many=True).data)


@extend_schema_view(changes=changes_schema(payment_serializers.DebtPaymentSerializer))
class DebtPaymentViewSet(
    ChangesMixin, DebtScopes, RetrieveMixin, UpdateMixin, DestroyMixin, ListMixin, OwnedViewSet
):
    """Payments on all your debts, split into interest and principal."""

    queryset = DebtPayment.objects.counted().select_related("debt")
    follows = {"transactions.transaction": "transaction_id"}
    serializer_class = payment_serializers.DebtPaymentSerializer
    filterset_class = filters.DebtPaymentFilter
    ordering = ("-paid_on",)
    ordering_fields = ("paid_on", "amount", "created_at")

    def perform_update(self, row: DebtPayment, **fields: Unpack[PaymentFields]) -> DebtPayment:
        return payments.update_payment(row, act=self.act(), **fields)

    def perform_destroy(self, row: DebtPayment) -> None:
        payments.remove_payment(row, act=self.act())


@extend_schema_view(changes=changes_schema(payment_serializers.InstalmentPurchaseSerializer))
class InstalmentPurchaseViewSet(ChangesMixin, DebtScopes, OwnedModelViewSet):
    """Things bought now and paid in parts."""

    queryset = InstalmentPurchase.objects.all()
    serializer_class = payment_serializers.InstalmentPurchaseSerializer
    ordering = ("first_due_on",)
    ordering_fields = ("first_due_on", "name", "created_at")

    def perform_create(self, **fields: Unpack[PurchaseFields]) -> InstalmentPurchase:
        return payments.add_instalments(self.person, act=self.act(), **fields)

    def perform_update(self, row: InstalmentPurchase, **fields: Unpack[PurchaseFields]) -> InstalmentPurchase:
        return payments.update_instalments(row, act=self.act(), **fields)

    def perform_destroy(self, row: InstalmentPurchase) -> None:
        payments.remove_instalments(row, act=self.act())


class CalculationViewSet(DebtScopes, RetrieveMixin, ListMixin, OwnedViewSet):
    """Plans and comparisons that were asked for with ``Prefer: respond-async``."""

    queryset = Calculation.objects.all()
    serializer_class = plans.CalculationSerializer

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop a calculation that has not finished."""
        return self.represent(calculations.cancel_calculation(self.get_object(), act=self.act()))


@extend_schema_view(changes=changes_schema(plans.PaymentPlanSerializer))
class PaymentPlanViewSet(ChangesMixin, DebtScopes, OwnedModelViewSet):
    """Plans that are kept, with the schedule of the day they were saved."""

    queryset = PaymentPlan.objects.all()
    serializer_class = plans.PaymentPlanSerializer
    filterset_class = filters.PaymentPlanFilter

    @extend_schema(request=plans.PaymentPlanCreateSerializer, responses={201: plans.PaymentPlanSerializer})
    def create(self, request: Request) -> Response:
        """Save a plan of your debts; with ``activate`` it is the one you follow."""
        context = {**self.get_serializer_context(), "today": self.today()}
        serializer = plans.PaymentPlanCreateSerializer(data=request.data, context=context)
        serializer.is_valid(raise_exception=True)
        asked: plans.PlanToKeep = serializer.validated_data
        plan = plan_services.keep_plan(
            self.person,
            act=self.act(),
            name=asked.name,
            asked=asked.plan,
            request=serializer.initial_data["plan"],
            activate=asked.activate,
        )
        return self.represent(plan, http_status=status.HTTP_201_CREATED)

    def perform_update(self, row: PaymentPlan, **fields: Unpack[PlanFields]) -> PaymentPlan:
        return plan_services.rename_plan(row, act=self.act(), **fields)

    def perform_destroy(self, row: PaymentPlan) -> None:
        plan_services.remove_plan(row, act=self.act())

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, pk: str) -> Response:
        """Follow this plan; the one before goes back among the saved."""
        return self.represent(plan_services.activate_plan(self.get_object(), act=self.act()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: str) -> Response:
        """Put a plan away; it can still be read."""
        return self.represent(plan_services.archive_plan(self.get_object(), act=self.act()))

    @extend_schema(responses=answer_serializer(Standing))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def progress(self, request: Request, pk: str) -> Response:
        """Actual against planned, today: ahead or behind in money and days."""
        found = plan_files.plan_standing(self.get_object(), on=self.today())
        return Response(answer_serializer(Standing)(found).data)

    @extend_schema(responses=answer_serializer(Plan))
    @action(detail=True, pagination_class=None, filterset_class=None)
    def schedule(self, request: Request, pk: str) -> Response:
        """The plan as it was saved, month by month."""
        return Response(self.get_object().baseline)

    @extend_schema(responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    @action(
        detail=True,
        url_path=r"schedule\.csv",
        pagination_class=None,
        filterset_class=None,
        content_negotiation_class=OneRepresentation,
    )
    def schedule_csv(self, request: Request, pk: str) -> HttpResponse:
        """The schedule as CSV, a line a month and debt."""
        headers = {"Content-Disposition": 'attachment; filename="payment-plan.csv"'}
        text = plan_files.plan_as_csv(self.get_object())
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)

    @extend_schema(responses={(200, "text/calendar"): OpenApiResponse(OpenApiTypes.STR)})
    @action(
        detail=True,
        url_path=r"schedule\.ics",
        pagination_class=None,
        filterset_class=None,
        content_negotiation_class=OneRepresentation,
    )
    def schedule_ics(self, request: Request, pk: str) -> HttpResponse:
        """The payments as days of a calendar (iCalendar)."""
        headers = {"Content-Disposition": 'attachment; filename="payment-plan.ics"'}
        text = plan_files.plan_as_calendar(self.get_object(), now=timezone.now())
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)

    @extend_schema(responses=SVG)
    @action(
        detail=True,
        url_path=r"chart\.svg",
        pagination_class=None,
        filterset_class=None,
        content_negotiation_class=OneRepresentation,
    )
    def chart(self, request: Request, pk: str) -> HttpResponse:
        """What is owed over time, stacked by debt."""
        return HttpResponse(pictures.plan_chart(self.get_object()), content_type="image/svg+xml")
