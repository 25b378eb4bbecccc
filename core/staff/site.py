"""The portal itself: who gets in, how often they may try, and what its pages may run."""

from collections.abc import Callable
from functools import wraps
from typing import TypeAlias, cast

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
from core.people import Person
from core.staff.index import index_context
from core.staff.reader import read_by
from core.throttling import ContractThrottle

Page: TypeAlias = Callable[..., HttpResponse]

# Alpine evaluates the expressions that stand in the pages' attributes.
page_policy = cast("Callable[[Page], Page]", csp_update({"script-src": [SELF, UNSAFE_EVAL]}))

# Identity signs the other clients of a member of staff out who has changed their own password.
on_own_password_changed: list[Callable[[Person, Act], None]] = []


class StaffSite(UnfoldAdminSite):
    """The admin of Solvent; signing in shares the API's limit of attempts by address."""

    index_title = "Overview"
    throttle_group = "auth"

    @page_policy
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
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

    def admin_view(self, view: Page, cacheable: bool = False) -> Page:  # noqa: FBT001, FBT002
        guarded: Page = page_policy(super().admin_view(_for_reader(view), cacheable))
        return guarded

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        figures = index_context(request, now=timezone.now())
        response: HttpResponse = super().index(request, {**figures, **(extra_context or {})})
        return response

    @transaction.atomic
    def password_change(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        person = cast("Person", request.user)
        before = person.password
        response: HttpResponse = super().password_change(request, extra_context)
        if person.password != before:
            act = Act(actor_id=person.pk, via=AuditEntry.Via.ADMIN, at=timezone.now())
            for follow in on_own_password_changed:
                follow(person, act)
        return response


def _for_reader(view: Page) -> Page:
    """The view, whose page is written out while it is known who reads it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with read_by(request.user if request.user.is_authenticated else None):
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    return answer
