"""Staff's view of people, and of who is staff."""

import secrets

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import BooleanRadioFilter, RangeDateTimeFilter
from unfold.forms import AdminPasswordChangeForm

from core.audit import Act, differences, record, snapshot
from core.errors import DomainError
from core.models import AuditEntry
from core.staff.base import Formsets, RecordedModelAdmin, StaffModelAdmin
from core.staff.decorators import column, row_action, row_link
from core.staff.display import links
from core.staff.inlines import ReadPart
from core.staff.reader import reader
from core.staff.search import SearchMixin
from core.staff.site import on_own_password_changed
from core.staff.trail import remember, remembered
from users import services
from users.models import Preferences, Profile, Settings, User

STANDING = ("is_verified", "is_premium", "is_staff", "is_superuser", "groups", "user_permissions")
STAFF_ONLY_BY_SUPERUSERS = ("is_staff", "is_superuser", "groups", "user_permissions")

admin.site.unregister(EmailAddress)
admin.site.unregister(Group)


def activate(user: User, *, act: Act) -> None:
    """Let a person sign in again."""
    _set_active(user, active=True, act=act)


def deactivate(user: User, *, act: Act) -> None:
    """Shut a person out: no sign-in, and every token stops counting at once."""
    if user.pk == act.actor_id:
        raise DomainError("You cannot deactivate yourself.", code="OWN_ACCOUNT")
    _set_active(user, active=False, act=act)
    services.log_out_everywhere(user, now=act.at)


def sign_out(user: User, *, act: Act) -> None:
    """End every session of a person's clients; they may sign in again."""
    _end_sessions(user, act, because="signed_out_at")


def password_was_set(user: User, act: Act) -> None:
    """Follow a password that was changed in the portal: sign every client out, and say so in the trail."""
    _end_sessions(user, act, because="password_set_at")


on_own_password_changed.append(password_was_set)


def _end_sessions(user: User, act: Act, *, because: str) -> None:
    services.log_out_everywhere(user, now=act.at)
    changes = {because: [None, act.at.isoformat()]}
    record(user, act=act, action=AuditEntry.Action.UPDATED, changes=changes)


def _set_active(user: User, *, active: bool, act: Act) -> None:
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active", "updated_at"])
    record(user, act=act, action=AuditEntry.Action.UPDATED, changes={"is_active": [not active, active]})
    services.forget_cached(user)


# A new person chooses their own password, by the link that is sent to them.
InvitationForm = forms.modelform_factory(User, fields=("email", "name"))


class ProfileInline(ReadPart):
    model = Profile


class PreferencesInline(ReadPart):
    model = Preferences


class SettingsInline(ReadPart):
    model = Settings


@admin.register(User)
class UserAdmin(SearchMixin, StaffModelAdmin[User], DjangoUserAdmin):  # type: ignore[type-arg]
    """People. Only a superuser touches staff, or makes somebody staff; nobody deletes a person here."""

    add_form = InvitationForm
    change_password_form = AdminPasswordChangeForm
    form = forms.ModelForm
    inlines = (ProfileInline, PreferencesInline, SettingsInline)
    list_display = ("email", "name", "country", "standing", "is_premium", "created_at", "last_login")
    list_filter = (
        ("is_active", BooleanRadioFilter),
        ("is_staff", BooleanRadioFilter),
        ("is_premium", BooleanRadioFilter),
        ("created_at", RangeDateTimeFilter),
    )
    ordering = ("-created_at", "-id")
    search_fields = ("email", "name")
    search_help_text = "An e-mail address, a name, or an id"
    person_fields = ("pk",)
    filter_horizontal = ("groups", "user_permissions")
    actions = ("activate_chosen", "deactivate_chosen")
    actions_detail = ("activate_one", "deactivate_one", "sign_out_one", "change_password")
    readonly_fields = (
        "id",
        "email",
        "is_active",
        "last_login",
        "created_at",
        "updated_at",
        "clients",
        "elsewhere",
    )
    add_fieldsets = ((None, {"fields": ("email", "name")}),)
    fieldsets = (
        (None, {"fields": ("email", "name", "country", "base_currency", "time_zone", "locale")}),
        ("Standing", {"fields": ("is_active", "is_verified", "is_premium", "clients", "elsewhere")}),
        ("Staff", {"fields": ("is_staff", "is_superuser", "groups", "user_permissions"), "classes": ("collapse",)}),
        ("Record", {"fields": ("id", "created_at", "updated_at", "last_login")}),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        touches_staff = isinstance(obj, User) and (obj.is_staff or obj.is_superuser)
        may_touch = request.user.is_superuser or not touches_staff
        return may_touch and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        kept = () if request.user.is_superuser else STAFF_ONLY_BY_SUPERUSERS
        return (*self.readonly_fields, *kept)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[type[ReadPart], ...]:
        return self.inlines if obj is not None else ()

    def pointless_actions(self, row: User) -> tuple[str, ...]:
        return ("activate_one",) if row.is_active else ("deactivate_one", "sign_out_one")

    @column(description="Standing", label={"active": "success", "staff": "info", "deactivated": "danger"})
    def standing(self, person: User) -> str:
        if not person.is_active:
            return "deactivated"
        return "staff" if person.is_staff else "active"

    @column(description="Signed-in clients")
    def clients(self, person: User) -> int:
        return person.sign_ins.filter(revoked_at=None).count()

    @column(description="Elsewhere")
    def elsewhere(self, person: User) -> SafeString:
        """Where the other pages show this person's rows, as far as the reader may see them."""
        pages = (
            ("Accounts", "transactions.view_account", "transactions_account"),
            ("Transactions", "transactions.view_transaction", "transactions_transaction"),
            ("Imports", "ingest.view_statementimport", "ingest_statementimport"),
            ("Audit trail", "core.view_auditentry", "core_auditentry"),
        )
        who = reader()
        return links(
            (f"{reverse(f'admin:{page}_changelist')}?q={person.pk}", title)
            for title, permission, page in pages
            if who is not None and who.has_perm(permission)
        )

    @admin.action(description="Let sign in again", permissions=["change"])
    def activate_chosen(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self.act_on_each(request, queryset, activate, done="activated")

    @admin.action(description="Deactivate and sign out", permissions=["change"])
    def deactivate_chosen(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self.act_on_each(request, queryset, deactivate, done="deactivated")

    @row_action(
        description="Activate",
        icon="lock_open",
        question="Let this person sign in again?",
        explanation="Their data is as they left it.",
    )
    def activate_one(self, request: HttpRequest, form: forms.Form, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, activate, done="activated")

    @row_action(
        description="Deactivate",
        icon="block",
        question="Shut this person out?",
        explanation="All their clients are signed out at once, and they cannot sign in. Nothing is deleted.",
    )
    def deactivate_one(self, request: HttpRequest, form: forms.Form, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, deactivate, done="deactivated")

    @row_action(
        description="Sign out everywhere",
        icon="logout",
        question="Sign this person out everywhere?",
        explanation="Every token stops counting at once; they can sign in again.",
    )
    def sign_out_one(self, request: HttpRequest, form: forms.Form, object_id: str) -> HttpResponse:
        return self.act_on_one(request, object_id, sign_out, done="signed out")

    @row_link(description="Set a password", icon="key")
    def change_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:auth_user_password_change", args=[object_id]))

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        person = self.get_object(request, unquote(id))
        before = person.password if person else None
        response: HttpResponse = super().user_change_password(request, id, form_url)
        after = User.objects.filter(pk=person.pk).first() if person else None
        if after is not None and after.password != before:
            password_was_set(after, self.act(request))
        return response

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: "forms.ModelForm[User]",
        change: bool,  # noqa: FBT001
    ) -> None:
        if not change:
            self._invite(request, obj)
            return
        act = self.act(request)
        given = {name: form.cleaned_data[name] for name in form.changed_data}
        remember(form, snapshot(User.objects.get(pk=obj.pk), STANDING))
        identity = {name: value for name, value in given.items() if name in services.IDENTITY_FIELDS}
        if identity:
            services.update_identity(User.objects.get(pk=obj.pk), act=act, **identity)
        flags = [name for name in given if name.startswith("is_")]
        obj.save(update_fields=[*flags, "updated_at"])

    def save_related(
        self,
        request: HttpRequest,
        form: "forms.ModelForm[User]",
        formsets: Formsets,
        change: bool,  # noqa: FBT001
    ) -> None:
        if not change:
            return
        super().save_related(request, form, formsets, change)
        person = User.objects.get(pk=form.instance.pk)
        changes = differences(remembered(form) or {}, snapshot(person, STANDING))
        if changes:
            record(person, act=self.act(request), action=AuditEntry.Action.UPDATED, changes=changes)
            services.forget_cached(person)

    def _invite(self, request: HttpRequest, obj: User) -> None:
        # Nobody knows this password; the link in the mail lets the person choose theirs.
        password = secrets.token_urlsafe(48)
        person = services.create_person(email=obj.email, name=obj.name, password=password)
        record(person, act=self.act(request), action=AuditEntry.Action.CREATED)
        services.ask_for_new_password(email=person.email)
        obj.pk = person.pk
        obj.refresh_from_db()


@admin.register(Group)
class GroupAdmin(RecordedModelAdmin[Group], DjangoGroupAdmin):
    """What members of staff may do. Whoever writes here could give themselves everything: superusers only."""

    list_display = ("name", "members")

    @column(description="Members")
    def members(self, group: Group) -> int:
        return group.user_set.count()

    def has_add_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return bool(request.user.is_superuser)

    has_change_permission = has_delete_permission = has_add_permission
