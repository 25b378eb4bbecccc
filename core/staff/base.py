"""What every page of the portal does: it records who did what, and it refuses in words.

A page is one of four. ``ReadOnlyModelAdmin`` shows. ``ActedOnModelAdmin`` shows, and has buttons. ``ServiceModelAdmin``
lets an app's services write, which keep the rules and the trail themselves. ``RecordedModelAdmin`` writes tables that
have no services and records the differences.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import models, transaction
from django.forms import BaseModelFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from unfold.admin import ModelAdmin
from unfold.dataclasses import UnfoldAction

from core.audit import Act, differences, snapshot
from core.errors import DomainError
from core.models import AuditEntry, OwnedQuerySet, RowT
from core.staff import moments
from core.staff.index import change_url, may_view
from core.staff.trail import audit_id, record_system_act, remember, remembered, trail_url

ActedOnT_contra = TypeVar("ActedOnT_contra", contravariant=True)

MOST_AT_ONCE = 500
Formsets: TypeAlias = "Iterable[BaseModelFormSet[models.Model, ModelForm[models.Model]]]"
REFUSALS = (DomainError, ValidationError, DjangoValidationError)


class Service(Protocol[ActedOnT_contra]):
    """What an app does to a row, for the trail to tell of."""

    def __call__(self, row: ActedOnT_contra, /, *, act: Act) -> object: ...


class StaffModelAdmin(ModelAdmin, Generic[RowT]):
    """A page whose refusals come back as messages and whose history is the audit trail."""

    list_filter_submit = True
    list_fullwidth = True
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def act(self, request: HttpRequest) -> Act:
        """The member of staff, for the audit trail."""
        return Act(actor_id=request.user.pk, via=AuditEntry.Via.ADMIN, at=timezone.now())

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        # An address may name any column: without this, what a page does not show could be guessed by filtering.
        filters = [each[0] if isinstance(each, tuple) else each.parameter_name for each in self.list_filter]
        named = any(lookup == name or lookup.startswith(f"{name}_") for name in filters)
        return named and bool(super().lookup_allowed(lookup, value, request))

    def get_list_display(self, request: HttpRequest) -> tuple[moments.Name, ...]:
        return tuple(moments.columns(self.model, super().get_list_display(request)))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: object, **kwargs: object
    ) -> HttpResponse:
        moments.rewrite(context["adminform"], model=self.model)
        for part in context["inline_admin_formsets"]:
            moments.rewrite(part, model=part.opts.model, is_read_only=not part.has_change_permission)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., str], str, str] | None]:
        # Rows are deleted one by one, each under its own rules.
        return {
            name: each for name, each in super().get_actions(request).items() if name != "delete_selected"
        }

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        page = super().changeform_view
        return self._or_refusal(request, lambda: page(request, object_id, form_url, extra_context))

    def delete_view(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._or_refusal(
            request, lambda: super(StaffModelAdmin, self).delete_view(request, *args, **kwargs)
        )

    def pointless_actions(self, row: RowT) -> Collection[str]:
        """Buttons of a row's page that could only be refused as the row is now."""
        return ()

    def get_actions_detail(self, request: HttpRequest, object_id: object) -> list[UnfoldAction]:
        row = self.get_object(request, str(object_id))
        pointless = [] if row is None else [self._button(name) for name in self.pointless_actions(row)]
        offered = super().get_actions_detail(request, object_id)
        return [button for button in offered if button.action_name not in pointless]

    def _button(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        if not may_view(request.user, AuditEntry):
            response: HttpResponse = super().history_view(request, object_id, extra_context)
            return response
        row = get_object_or_404(self.model, pk=self.opts.pk.to_python(object_id))
        return HttpResponseRedirect(trail_url(audit_id(row)))

    def act_on_one(
        self, request: HttpRequest, object_id: str, service: Service[RowT], *, done: str
    ) -> HttpResponse:
        """Answer a dialog of a row's page: call the service, say what came of it, and show the row."""
        row = self.get_object(request, object_id)
        if row is not None and self.has_change_permission(request, row):
            self._attempt(request, [row], service, done=done)
        else:
            self.message_user(request, "You may not do this to this row.", messages.ERROR)
        target = change_url(row) if row is not None else reverse("admin:index")
        return HttpResponse(headers={"HX-Redirect": target})

    def act_on_each(
        self,
        request: HttpRequest,
        rows: models.QuerySet[RowT],
        service: Service[RowT],
        *,
        done: str,
        permission: str = "change",
    ) -> None:
        """Answer an action on chosen rows: each succeeds or is refused for itself."""
        chosen = list(rows[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            self.message_user(request, f"Choose at most {MOST_AT_ONCE} rows.", messages.ERROR)
            return
        may = getattr(self, f"has_{permission}_permission")
        self._attempt(request, [row for row in chosen if may(request, row)], service, done=done)

    def _attempt(self, request: HttpRequest, rows: list[RowT], service: Service[RowT], *, done: str) -> None:
        succeeded = 0
        for row in rows:
            try:
                with transaction.atomic():
                    service(row, act=self.act(request))
                succeeded += 1
            except REFUSALS as refusal:
                self.message_user(request, f"{row}: {in_words(refusal)}", messages.ERROR)
        if succeeded:
            self.message_user(request, f"{succeeded} {done}.", messages.SUCCESS)

    def _or_refusal(self, request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return answer()
        except REFUSALS as refusal:
            self.message_user(request, in_words(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyModelAdmin(StaffModelAdmin[RowT]):
    """A table that nobody changes here, a superuser included."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return False


class ActedOnModelAdmin(StaffModelAdmin[RowT]):
    """Rows in which nothing is typed: they are shown, and changed by the buttons of their page."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        nothing_to_save = {"show_save": False, "show_save_and_continue": False, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, nothing_to_save)


class ServiceModelAdmin(StaffModelAdmin[RowT]):
    """Rows of people, written by their app's services.

    Subclasses give ``perform_update`` and, where rows may be deleted, ``perform_delete``: one service call each.
    """

    perform_update: Callable[..., object]
    perform_delete: Callable[..., object]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_form(
        self,
        request: HttpRequest,
        obj: RowT | None = None,
        change: bool = False,  # noqa: FBT001, FBT002
        **kwargs: object,
    ) -> "type[ModelForm[RowT]]":
        """A form that offers only rows of the same person."""
        form: type[ModelForm[RowT]] = super().get_form(request, obj, change, **kwargs)
        for field in form.base_fields.values():
            if isinstance(field, ModelChoiceField) and isinstance(field.queryset, OwnedQuerySet) and obj:
                field.queryset = field.queryset.filter(user_id=cast("_Owned", obj).user_id)
        return form

    def save_model(self, request: HttpRequest, obj: RowT, form: "ModelForm[RowT]", change: bool) -> None:  # noqa: FBT001
        fields = {name: form.cleaned_data[name] for name in form.changed_data}
        if fields:
            # The form has written on ``obj`` already; the service compares with the row as it is.
            row = self.get_queryset(request).get(pk=obj.pk)
            self.perform_update(row, act=self.act(request), **fields)

    def save_related(
        self,
        request: HttpRequest,
        form: "ModelForm[RowT]",
        formsets: Formsets,
        change: bool,  # noqa: FBT001
    ) -> None:
        """The service has saved everything; the parts that a page shows beside the form are only read."""
        for formset in formsets:
            formset.save(commit=False)

    def delete_model(self, request: HttpRequest, obj: RowT) -> None:
        self.perform_delete(obj, act=self.act(request))

    def get_deleted_objects(
        self, objs: Iterable[RowT], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """The rows themselves; the service decides whether they may go and what becomes of others."""
        return [str(row) for row in objs], {}, set(), []


class RecordedModelAdmin(StaffModelAdmin[RowT]):
    """Rows of the system, saved as the form has them; the trail gets what differs."""

    def save_model(self, request: HttpRequest, obj: RowT, form: "ModelForm[RowT]", change: bool) -> None:  # noqa: FBT001
        before = self.get_queryset(request).filter(pk=obj.pk).first()
        remember(form, self._image(before) if before else None)
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: "ModelForm[RowT]",
        formsets: Formsets,
        change: bool,  # noqa: FBT001
    ) -> None:
        super().save_related(request, form, formsets, change)
        row = self.get_queryset(request).get(pk=form.instance.pk)
        before = remembered(form)
        action = AuditEntry.Action.CREATED if before is None else AuditEntry.Action.UPDATED
        changes = differences(before or {}, self._image(row))
        if changes:
            record_system_act(row, act=self.act(request), action=action, changes=changes)

    def delete_model(self, request: HttpRequest, obj: RowT) -> None:
        act = self.act(request)
        record_system_act(obj, act=act, action=AuditEntry.Action.DELETED, changes=self._image(obj))
        super().delete_model(request, obj)

    def _image(self, row: RowT) -> dict[str, object]:
        meta = self.opts
        return snapshot(row, [field.name for field in (*meta.concrete_fields, *meta.many_to_many)])


class _Owned(Protocol):
    user_id: UUID


def in_words(refusal: Exception) -> str:
    """What a refusal says to a person."""
    if isinstance(refusal, DjangoValidationError):
        return " ".join(refusal.messages)
    detail = getattr(refusal, "detail", refusal)
    if isinstance(detail, dict):
        return " ".join(str(text) for texts in detail.values() for text in texts)
    return " ".join(str(text) for text in detail) if isinstance(detail, list) else str(detail)
