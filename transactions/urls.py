"""Addresses of the ledger, under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from transactions import views

router = SimpleRouter(trailing_slash=False)
router.register("accounts", views.AccountViewSet)
router.register("categories", views.CategoryViewSet)
router.register("merchants", views.MerchantViewSet)
router.register("tags", views.TagViewSet)
router.register("transactions", views.TransactionViewSet)
router.register("transfers", views.TransferViewSet)

urlpatterns = router.urls
