"""What people were told, and whether mail got through."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import DropdownFilter, RangeDateTimeFilter
from unfold.paginator import InfinitePaginator

from core.models import Notification
from core.notifications.services import send_again
from core.staff.base import ActedOnModelAdmin
from core.staff.decorators import column, row_action
from core.staff.display import readable_json
from core.staff.search import SearchMixin

WAITS = Q(email_due_at__isnull=False)
FAILED = ~Q(email_error="")
MAIL = {
    "sent": Q(emailed_at__isnull=False) & ~WAITS,
    "waits": WAITS & ~FAILED,
    "tried again": WAITS & FAILED,
    "failed": ~WAITS & FAILED,
}
COLOURS = {"sent": "success", "waits": "info", "tried again": "warning", "failed": "danger"}


class MailFilter(DropdownFilter):
    title = "mail"
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(state, state.capitalize()) for state in MAIL]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notification]) -> QuerySet[Notification]:
        return queryset.filter(MAIL.get(self.value(), Q()))


@admin.register(Notification)
class NotificationAdmin(SearchMixin, ActedOnModelAdmin[Notification]):
    """What people were told. Nothing is typed here: to change one is to mail it again."""

    list_display = ("created_at", "user", "topic", "title", "deliver_at", "read_at", "mail")
    list_filter = (MailFilter, ("created_at", RangeDateTimeFilter))
    list_select_related = ("user",)
    ordering = ("-created_at", "-id")
    paginator = InfinitePaginator
    search_fields: ClassVar[tuple[str, ...]] = ("topic", "title")
    search_help_text = "A person's e-mail address, a topic, a title, or the id of a notification or person"
    id_fields = ("pk", "user")
    actions = ("send_chosen",)
    actions_detail = ("send_one",)
    fieldsets = (
        (None, {"fields": ("user", "topic", "title", "body", "shown_data", "key", "id")}),
        ("When", {"fields": ("created_at", "deliver_at", "is_shown", "read_at")}),
        ("Mail", {"fields": ("mail", "emailed_at", "email_due_at", "email_failures", "email_error")}),
    )
    readonly_fields = tuple(name for _, options in fieldsets for name in options["fields"])

    @column(description="Mail", label=COLOURS)
    def mail(self, notification: Notification) -> str | None:
        if notification.email_due_at is not None:
            return "tried again" if notification.email_error else "waits"
        if notification.email_error:
            return "failed"
        return "sent" if notification.emailed_at else None

    @column(description="Data")
    def shown_data(self, notification: Notification) -> SafeString:
        return readable_json(notification.data)

    @admin.action(description="Mail again", permissions=["change"])
    def send_chosen(self, request: HttpRequest, queryset: QuerySet[Notification]) -> None:
        self.act_on_each(request, queryset, send_again, done="to be mailed")

    @row_action(
        description="Mail again",
        icon="forward_to_inbox",
        question="Mail this to the person once more?",
        explanation="It is sent within a minute, or once their quiet hours have ended.",
    )
    def send_one(self, request: HttpRequest, form: Form, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, send_again, done="to be mailed")
