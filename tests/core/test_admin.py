"""The staff portal: who gets in, what the trail keeps, schedules and results."""

import datetime as dt
import json
from uuid import UUID

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django_celery_beat.models import IntervalSchedule, PeriodicTask
from django_celery_results.models import TaskResult

from core.audit import record
from core.models import AuditEntry
from core.staff.base import StaffModelAdmin
from tests.factories import AccountFactory, act_of
from tests.portal import choose, page, portal, staff, superuser, text

SUPPORT = {
    "users.view_user", "users.view_preferences", "users.view_settings",
    "ingest.view_statementimport", "ingest.change_statementimport", "core.view_auditentry",
}  # fmt: skip
SCHEDULES = {
    f"django_celery_beat.{verb}_{name}"
    for name in ("periodictask", "intervalschedule", "crontabschedule", "clockedschedule", "solarschedule")
    for verb in ("add", "change", "delete", "view")
}
OPERATIONS = SCHEDULES | {
    "django_celery_results.view_taskresult", "ingest.view_statementimport", "ingest.change_statementimport",
    "transactions.view_account", "transactions.view_category", "transactions.view_merchant",
    "transactions.view_split", "transactions.view_tag", "transactions.view_transaction",
    "transactions.view_transfer", "transactions.view_keptapart", "transactions.view_reconciliation",
    "transactions.view_recurringseries", "transactions.view_rule", "transactions.view_rulerun",
    "transactions.change_rulerun", "transactions.view_sighting", "transactions.view_verdict", "core.view_auditentry",
    "debts.view_balancesegment", "debts.view_calculation", "debts.change_calculation", "debts.view_debt",
    "debts.view_debtpayment", "debts.view_instalmentpurchase", "debts.view_paymentplan", "debts.view_ratechange",
    "core.view_notification", "core.change_notification", "budgets.view_budgetsettings", "budgets.view_budgetperiod",
    "budgets.view_allocation", "budgets.view_redistribution", "budgets.view_move",
    "goals.view_actionplan", "goals.view_checkin", "goals.view_contribution", "goals.view_contributionrule",
    "goals.view_goal", "goals.view_milestone", "goals.view_snapshot",
}  # fmt: skip


@pytest.mark.parametrize(("name", "granted"), [("Support", SUPPORT), ("Operations", OPERATIONS)])
def test_a_shipped_group_has_exactly_its_permissions(db, name, granted):
    group = Group.objects.get(name=name)

    permissions = group.permissions.values_list("content_type__app_label", "codename")

    assert {f"{label}.{codename}" for label, codename in permissions} == granted


def test_every_page_records_what_is_done_there(db):
    assert [each for each in admin.site._registry.values() if not isinstance(each, StaffModelAdmin)] == []


def test_a_stranger_is_sent_to_sign_in(client, db):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_a_person_who_is_not_staff_is_refused(alice):
    response = portal(alice).get(page("users_user"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_staff_sign_in_by_e_mail_whatever_its_case(client, db):
    staff("staff@example.org")

    response = client.post(
        "/admin/login/", {"username": "Staff@Example.org", "password": "a long walk in March"}
    )

    assert response.status_code == 302
    assert response.headers["Location"] == "/admin/"


def test_signing_in_is_limited_by_address(client, db, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "auth": 2}
    staff("staff@example.org")
    for _ in range(2):
        client.post("/admin/login/", {"username": "staff@example.org", "password": "wrong"})

    response = client.post(
        "/admin/login/", {"username": "staff@example.org", "password": "a long walk in March"}
    )

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "_auth_user_id" not in client.session


def test_pages_may_evaluate_but_run_no_inline_script(db):
    policy = portal(superuser()).get("/admin/").headers["Content-Security-Policy"]

    directives = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert directives["script-src"] == ["'self'", "'unsafe-eval'"]


def test_the_api_may_not_evaluate(client, db):
    assert "unsafe-eval" not in client.get("/").headers["Content-Security-Policy"]


def test_a_superuser_reads_the_trail(alice):
    record(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED, changes={"name": ["Al", "Alice"]})
    entry = AuditEntry.objects.get()

    shown = text(portal(superuser()).get(page("core_auditentry", "change", entry.pk)))

    assert "Al → Alice" in shown


@pytest.mark.parametrize("view", ["change", "delete"])
def test_a_superuser_cannot_change_the_trail(alice, view):
    record(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED, changes={"name": ["Al", "Alice"]})
    entry = AuditEntry.objects.get()
    client = portal(superuser())

    response = client.post(page("core_auditentry", view, entry.pk), {"post": "yes", "object_type": "other"})

    assert response.status_code == 403
    assert AuditEntry.objects.get() == entry
    assert AuditEntry.objects.get().object_type == "users.user"
    assert client.get(page("core_auditentry", "add")).status_code == 403


def test_the_trail_offers_no_deletion_of_chosen_entries(alice):
    record(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED)

    choose(portal(superuser()), "core_auditentry", "delete_selected", AuditEntry.objects.get())

    assert AuditEntry.objects.count() == 1


def test_the_trail_is_searched_by_row_and_by_e_mail(alice, bob):
    record(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED, changes={"name": ["", "A"]})
    record(bob, act=act_of(bob), action=AuditEntry.Action.UPDATED, changes={"name": ["", "B"]})
    client = portal(superuser())

    for term in (str(alice.pk), "ALICE@example", str(alice.pk).replace("-", "")):
        shown = text(client.get(page("core_auditentry"), {"q": term}))
        assert str(alice.pk) in shown
        assert str(bob.pk) not in shown


def test_the_trail_hides_what_changed_on_rows_that_the_reader_may_not_see(alice):
    account = AccountFactory(user=alice)
    changes = {"opening_balance": ["0.0000", "4321.0000"]}
    record(account, act=act_of(alice), action=AuditEntry.Action.UPDATED, changes=changes)
    entry = AuditEntry.objects.get()

    hidden = text(portal(staff(groups=["Support"])).get(page("core_auditentry", "change", entry.pk)))
    seen = text(
        portal(staff("ops@example.org", groups=["Operations"])).get(
            page("core_auditentry", "change", entry.pk)
        )
    )

    assert "4321" not in hidden
    assert "Seen by those who may view transactions.account." in hidden
    assert "0.0000 → 4321.0000" in seen


def test_the_trail_cannot_be_filtered_by_what_it_hides(alice):
    record(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED, changes={"amount": ["1", "2"]})

    response = portal(staff(groups=["Support"])).get(page("core_auditentry"), {"changes__amount__0": '"1"'})

    assert response.status_code == 400


def test_the_history_of_a_row_is_its_trail(alice):
    response = portal(superuser()).get(page("users_user", "history", alice.pk))

    assert response.headers["Location"] == f"/admin/core/auditentry/?q={alice.pk}"


@pytest.fixture
def schedule(db):
    every_hour = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.HOURS)
    return PeriodicTask.objects.create(name="tidy", task="core.forget_old_answers", interval=every_hour)


def test_operations_pause_a_schedule_and_the_trail_says_so(schedule):
    ops = staff(groups=["Operations"])

    choose(portal(ops), "django_celery_beat_periodictask", "pause", schedule)

    schedule.refresh_from_db()
    entry = AuditEntry.objects.get(object_type="django_celery_beat.periodictask")
    assert not schedule.enabled
    assert (entry.actor, entry.via, entry.changes) == (ops, "admin", {"enabled": [True, False]})
    assert entry.object_id == UUID(int=schedule.pk)


def test_support_sees_no_schedules(schedule):
    assert portal(staff(groups=["Support"])).get(page("django_celery_beat_periodictask")).status_code == 403


def test_running_a_schedule_once_hands_its_task_to_a_worker(schedule, commits):
    with commits():
        choose(portal(superuser()), "django_celery_beat_periodictask", "run_now", schedule)

    assert list(AuditEntry.objects.get().changes) == ["run_at"]


def test_a_schedule_of_a_task_that_is_gone_is_refused_in_words(schedule):
    PeriodicTask.objects.update(task="core.no_such_task")

    shown = text(choose(portal(superuser()), "django_celery_beat_periodictask", "run_now", schedule))

    assert "There is no task core.no_such_task." in shown
    assert not AuditEntry.objects.exists()


def test_a_new_interval_is_in_the_trail(db):
    portal(superuser()).post(
        page("django_celery_beat_intervalschedule", "add"), {"every": 5, "period": "minutes"}
    )

    entry = AuditEntry.objects.get(object_type="django_celery_beat.intervalschedule")
    assert entry.action == "created"
    assert entry.changes["every"] == [None, 5]


def test_a_schedule_that_is_edited_leaves_the_difference_in_the_trail(schedule):
    form = {
        "name": "tidy", "regtask": "core.forget_old_answers", "task": "core.forget_old_answers", "enabled": "on",
        "description": "Hourly.", "interval": schedule.interval_id, "args": "[]", "kwargs": "{}", "headers": "{}",
    }  # fmt: skip

    response = portal(superuser()).post(page("django_celery_beat_periodictask", "change", schedule.pk), form)

    assert response.status_code == 302
    assert AuditEntry.objects.get().changes == {"description": ["", "Hourly."]}


def test_a_schedule_that_is_deleted_stays_in_the_trail(schedule):
    portal(superuser()).post(page("django_celery_beat_periodictask", "delete", schedule.pk), {"post": "yes"})

    entry = AuditEntry.objects.get(object_type="django_celery_beat.periodictask")
    assert not PeriodicTask.objects.exists()
    assert (entry.action, entry.changes["name"]) == ("deleted", "tidy")


def test_failed_tasks_are_found_by_their_state(db):
    for state in ("SUCCESS", "FAILURE"):
        TaskResult.objects.create(
            task_id=state, task_name=f"task-{state}", status=state, traceback="ValueError: no"
        )
    client = portal(staff(groups=["Operations"]))

    shown = text(client.get(page("django_celery_results_taskresult"), {"status": "FAILURE"}))
    failed = TaskResult.objects.get(task_id="FAILURE")

    assert "task-FAILURE" in shown
    assert "task-SUCCESS" not in shown
    assert "ValueError: no" in text(client.get(page("django_celery_results_taskresult", "change", failed.pk)))


def test_task_results_are_read_only_to_a_superuser(db):
    result = TaskResult.objects.create(task_id="1", status="FAILURE")

    response = portal(superuser()).post(
        page("django_celery_results_taskresult", "delete", result.pk), {"post": "yes"}
    )

    assert response.status_code == 403
    assert TaskResult.objects.exists()


def test_the_first_page_without_any_data(db):
    response = portal(superuser()).get("/admin/")

    assert [card["value"] for card in response.context["cards"]] == [0] * 9
    assert [chart["title"] for chart in response.context["charts"]] == [
        "Sign-ups",
        "Rule runs",
        "Calculations",
        "Statement imports",
        "Failed tasks",
    ]
    assert "Latest failures" not in text(response)


def test_the_first_page_without_any_permission_shows_no_figures(db):
    response = portal(staff()).get("/admin/")

    assert response.context["cards"] == []
    assert response.context["charts"] == []
    assert "needs a permission" in text(response)


def test_support_sees_sign_ups_and_imports_but_no_tasks(db):
    charts = portal(staff(groups=["Support"])).get("/admin/").context["charts"]

    assert [chart["title"] for chart in charts] == ["Sign-ups", "Statement imports"]
    assert sum(json.loads(charts[0]["data"])["datasets"][0]["data"]) == 1


def test_every_list_and_form_opens_for_a_superuser(alice):
    client = portal(superuser())
    record(alice, act=act_of(alice), action=AuditEntry.Action.UPDATED)
    AccountFactory(user=alice)

    for model, model_admin in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(page(name)).status_code == 200, name
        row = model._default_manager.first()
        if row is not None:
            assert client.get(page(name, "change", row.pk)).status_code == 200, name
        if model_admin.has_add_permission(client.get("/admin/").wsgi_request):
            assert client.get(page(name, "add")).status_code == 200, name


def test_a_member_of_staff_who_changes_their_own_password_loses_other_clients(db, client_of):
    member = staff()
    elsewhere = client_of(member)
    client = portal(member)
    new = "another long walk in May"

    response = client.post(
        "/admin/password_change/",
        {"old_password": "a long walk in March", "new_password1": new, "new_password2": new},
    )

    assert response.status_code == 302
    assert elsewhere.get("/api/v1/users/me").status_code == 401
    assert client.get("/admin/").status_code == 200
    assert list(AuditEntry.objects.get().changes) == ["password_set_at"]


def test_figures_are_of_the_days_asked_for(db):
    from core.dashboard import failed_tasks_a_day

    today = dt.date(2026, 3, 15)
    for back in (0, 0, 29, 30):
        result = TaskResult.objects.create(task_id=f"{back}-{TaskResult.objects.count()}", status="FAILURE")
        at = dt.datetime(2026, 3, 15, 23, 59, tzinfo=dt.UTC) - dt.timedelta(days=back)
        TaskResult.objects.filter(pk=result.pk).update(date_done=at)

    figures = failed_tasks_a_day(today=today)

    assert (figures.days[0], figures.days[-1], len(figures.days)) == (dt.date(2026, 2, 14), today, 30)
    assert figures.counts == {"failures": (1, *[0] * 28, 2)}
