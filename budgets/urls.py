"""Addresses of budgets, under ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from budgets.views import alerts, days, plans, redistributions

router = SimpleRouter(trailing_slash=False)
router.register("budgets/periods", plans.BudgetPeriodViewSet)
router.register(r"budgets/periods/(?P<period_pk>[0-9a-f-]{36})/allocations", plans.AllocationViewSet)
router.register("budgets/allocations", plans.AllocationFeedViewSet, basename="allocation-feed")
router.register("budgets/redistributions", redistributions.RedistributionViewSet)
router.register("budgets/alerts", alerts.BudgetAlertViewSet, basename="budget-alert")

urlpatterns = [
    path("budgets/settings", plans.BudgetSettingsView.as_view()),
    path("budgets/daily/<str:on>", days.DailyView.as_view()),
    path("budgets/calendar/<str:month>", days.CalendarView.as_view()),
    path("budgets/calendar/<str:month>/calendar.svg", days.CalendarPictureView.as_view()),
    path("budgets/forecast", days.ForecastView.as_view()),
    path("budgets/safe-to-spend", days.SafeToSpendView.as_view()),
    path("budgets/redistribute", redistributions.RedistributeView.as_view()),
    *router.urls,
]
