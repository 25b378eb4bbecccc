"""Addresses of debts, under ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from debts.views import planner, resources

router = SimpleRouter(trailing_slash=False)
router.register("debts/calculations", resources.CalculationViewSet)
router.register("debts", resources.DebtViewSet)
router.register("debt-payments", resources.DebtPaymentViewSet)
router.register("instalments", resources.InstalmentPurchaseViewSet)
router.register("payment-plans", resources.PaymentPlanViewSet)

urlpatterns = [
    *map(planner.question_path, planner.QUESTIONS),
    path("debts/compare/chart.svg", planner.CompareChartView.as_view()),
    *router.urls,
]
