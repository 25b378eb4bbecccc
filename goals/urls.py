"""Addresses of goals, under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from goals.views import goals, snapshots

router = SimpleRouter(trailing_slash=False)
router.register("goals", goals.GoalViewSet)
router.register("goal-check-ins", goals.CheckInViewSet)
router.register("goal-contributions", goals.ContributionViewSet)
router.register("goal-rules", goals.ContributionRuleViewSet)
router.register("snapshots", snapshots.SnapshotViewSet)

urlpatterns = router.urls
