"""The portal itself: who gets in, how often they may try, and what its pages may run."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL
from csp.decorators import csp_update
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.utils import timezone
from rest_framework.request import Request
from unfold.sites import UnfoldAdminSite

from core.audit import Act
from core.models import AuditEntry
from core.staff.index import index_context
from core.staff.reader import read_by
from core.throttling import ContractThrottle

# Alpine evaluates the expressions that stand in the pages' attributes.
page_policy: Callable[[Callable[..., Any]], Callable[..., Any]] = csp_update(
    {"script-src": [SELF, UNSAFE_EVAL]}
)

# Identity signs the other clients of a member of staff out who has changed their own password.
on_own_password_changed: list[Callable[[Any, Act], None]] = []


class StaffSite(UnfoldAdminSite):  # type: ignore[misc]
    """The admin of Solvent; signing in shares the API's limit of attempts by address."""

    index_title = "Overview"
    throttle_group = "auth"

    @page_policy
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        throttle = ContractThrottle()
        if request.method == "POST" and not throttle.allow_request(Request(request), self):
            wait = int(throttle.wait())
            context = {**self.each_context(request), "title": "Too many attempts", "wait": wait}
            return TemplateResponse(
                request,
                "admin/too_many_attempts.html",
                context,
                status=429,
                headers={"Retry-After": str(wait)},
            )
        response: HttpResponse = super().login(request, extra_context)
        return response

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:  # noqa: FBT001, FBT002
        guarded: Callable[..., Any] = page_policy(super().admin_view(_in_locale(view), cacheable))
        return guarded

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        figures = index_context(request, now=timezone.now())
        response: HttpResponse = super().index(request, {**figures, **(extra_context or {})})
        return response

    @transaction.atomic
    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person: Any = request.user
        before = person.password
        response: HttpResponse = super().password_change(request, extra_context)
        if person.password != before:
            act = Act(actor_id=person.pk, via=AuditEntry.Via.ADMIN, at=timezone.now())
            for follow in on_own_password_changed:
                follow(person, act)
        return response


def _in_locale(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, whose page is written out while it is known who reads it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with read_by(getattr(request.user, "locale", "en")):
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    return answer
