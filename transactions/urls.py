"""Addresses of the ledger, under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from transactions.views import reconciliations, recurring, resources, rows, rules, sightings

router = SimpleRouter(trailing_slash=False)
router.register("accounts", resources.AccountViewSet)
router.register("categories", resources.CategoryViewSet)
router.register("merchants", resources.MerchantViewSet)
router.register("reconciliations", reconciliations.ReconciliationViewSet)
router.register("recurring", recurring.RecurringSeriesViewSet)
router.register("rules", rules.RuleViewSet)
router.register("rule-runs", rules.RuleRunViewSet)
router.register("sightings", sightings.SightingViewSet)
router.register("tags", resources.TagViewSet)
router.register("transactions", rows.TransactionViewSet)
router.register("transfers", resources.TransferViewSet)

urlpatterns = router.urls
