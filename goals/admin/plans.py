"""Action plans as they were made."""

from typing import TYPE_CHECKING, TypedDict

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.staff.base import ReadOnlyModelAdmin
from core.staff.decorators import column
from core.staff.display import readable_json
from core.staff.search import SearchMixin
from goals.models import ActionPlan

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Judgement(TypedDict):
    feasibility: str


if TYPE_CHECKING:
    JudgedPlan = WithAnnotations[ActionPlan, Judgement]


@admin.register(ActionPlan)
class ActionPlanAdmin(SearchMixin, ReadOnlyModelAdmin):
    """Every version of every plan; nobody changes one."""

    list_display = ("goal", "user", "version", "made_on", "shown_feasibility")
    list_select_related = ("user", "goal")
    ordering = ("-created_at", "-id")
    search_fields = ("goal__name",)
    search_help_text = "A person's e-mail address, a goal's name, or an id"
    id_fields = ("pk", "user", "goal")
    fieldsets = (
        (None, {"fields": ("user", "goal", "version", "made_on")}),
        ("What was asked and answered", {"fields": ("shown_request", "shown_answer")}),
        ("Record", {"fields": ("id", "created_at", "updated_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActionPlan]:
        """Plans without their answers, which a page that shows one reads then."""
        feasibility = KeyTextTransform("feasibility", "answer")
        return ActionPlan.objects.annotate(feasibility=feasibility).defer("answer", "request")

    @column(description="Feasibility")
    def shown_feasibility(self, plan: "JudgedPlan") -> str:
        return plan.feasibility.replace("_", " ")

    @column(description="Request")
    def shown_request(self, plan: ActionPlan) -> SafeString:
        return readable_json(plan.request)

    @column(description="Answer")
    def shown_answer(self, plan: ActionPlan) -> SafeString:
        return readable_json(plan.answer)
