"""Staff's view of plans that are kept, and of calculations; who may see what of debts."""

import base64
import re
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Group

from core.models import AuditEntry
from debts.domain.given import GivenSegment
from debts.models import Calculation, PaymentPlan
from debts.selectors.saved_plans import saved_schedule
from debts.services.answering import checked_plan
from debts.services.debts import add_debt
from debts.services.plans import keep_plan
from tests.factories import NOW, act_of
from tests.portal import choose, page, portal, press, staff, superuser, text

DEBT, PLAN, CALCULATION = "debts_debt", "debts_paymentplan", "debts_calculation"
PAGES = (DEBT, PLAN, CALCULATION)
Status = Calculation.Status

pytestmark = pytest.mark.usefixtures("_in_march")


@pytest.fixture
def _in_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kept(alice):
    """A plan of alice's that pays 300.00 a month on a card of 1,105.06 at 12 %."""
    card = GivenSegment(amount=Decimal("1105.06"), apr=Decimal("12.00"))
    fields = {"name": "Card", "kind": "credit_card", "currency": "EUR", "balance_on": NOW.date()}
    add_debt(alice, act=act_of(alice), segments=[card], **fields)
    request = {"strategy": "avalanche", "monthly_budget": "300.00"}
    asked = checked_plan(alice, request, today=NOW.date())
    plan = keep_plan(alice, act=act_of(alice), name="By summer", asked=asked, request=request, activate=True)
    AuditEntry.objects.all().delete()
    return plan


@pytest.fixture
def calculation(alice):
    """Makes calculations of alice's."""

    def make(status, **fields):
        return Calculation.objects.create(user=alice, kind="plan", status=status, request={}, **fields)

    return make


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


def test_support_sees_nothing_of_debts(kept, calculation, alice):
    calculation(Status.FAILED, error="A budget of 300.00 is too small.", finished_at=NOW)
    client = portal(staff(groups=["Support"]))

    for name in PAGES:
        assert client.get(page(name)).status_code == 403
    for path in ("/admin/", page("users_user", "change", alice.pk), "/admin/search/?s=card&extended=1"):
        shown = text(client.get(path))
        assert "/admin/debts/" not in shown
        assert "300.00" not in shown


def test_operations_have_exactly_their_permissions_on_debts(db):
    granted = Group.objects.get(name="Operations").permissions.filter(content_type__app_label="debts")

    assert set(granted.values_list("codename", flat=True)) == {
        "view_debt", "view_balancesegment", "view_ratechange", "view_debtpayment", "view_instalmentpurchase",
        "view_paymentplan", "view_calculation", "change_calculation",
    }  # fmt: skip
    assert not Group.objects.get(name="Support").permissions.filter(content_type__app_label="debts").exists()


def test_nobody_adds_debts_or_plans_here(db):
    client = portal(superuser())

    for name in PAGES:
        assert client.get(page(name, "add")).status_code == 403


def test_a_plan_is_listed_with_its_end(kept, operations):
    found = portal(operations).get(page(PLAN), {"status__exact": "active", "strategy__exact": "avalanche"})

    assert [plan.pk for plan in found.context["cl"].result_list] == [kept.pk]
    for part in ("By summer", "alice@example.org", "avalanche", "4", "Jun 15, 2026"):
        assert part in text(found)
    other = portal(operations).get(page(PLAN), {"strategy__exact": "snowball"})
    assert list(other.context["cl"].result_list) == []


def test_the_list_of_plans_reads_no_schedule(kept, operations):
    listed = portal(operations).get(page(PLAN)).context["cl"].result_list

    assert [plan.get_deferred_fields() for plan in listed] == [{"baseline", "request"}]


def test_the_page_of_a_plan_shows_its_figures_and_its_picture(kept, operations):
    response = portal(operations).get(page(PLAN, "change", kept.pk))

    shown = text(response)
    picture = re.search(r'src="data:image/svg\+xml;base64,([\w+/=]+)"', shown)
    drawn = base64.b64decode(picture[1]).decode()
    assert drawn.startswith("<svg ")
    assert "By summer" in drawn
    assert "300.00" in shown
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]


def test_a_plan_is_not_changed_here(kept):
    client = portal(superuser())

    for view in ("change", "delete"):
        assert client.post(page(PLAN, view, kept.pk), {"name": "Mine", "post": "yes"}).status_code == 403
    assert PaymentPlan.objects.get().name == "By summer"


def test_a_kept_schedule_comes_back_in_minor_units(kept):
    saved = saved_schedule(kept)
    schedule = saved.schedule

    assert saved.names == ["Card"]
    assert (schedule.length, schedule.payoffs) == (4, (4,))
    assert schedule.months[0][0].opening == 110506
    assert schedule.total_paid == 110506 + schedule.total_interest
    assert [row.payment for row in schedule.rows()][:3] == [30000] * 3
    assert schedule.balances[-1] == 0


def test_a_calculation_shows_its_progress_error_and_answer(calculation, operations):
    row = calculation(
        Status.FAILED, progress_done=1, progress_total=4, error="No room.", result={"why": "cheapest"}
    )

    listed = text(portal(operations).get(page(CALCULATION)))
    shown = text(portal(operations).get(page(CALCULATION, "change", row.pk)))

    assert "25%" in listed
    for part in ("25%", "No room.", "cheapest"):
        assert part in shown


def test_what_was_asked_and_answered_is_shown_to_those_who_may_see_debts(calculation):
    row = calculation(Status.SUCCEEDED, result={"why": "cheapest"})
    client = portal(staff(permissions=["debts.view_calculation"]))

    assert "cheapest" not in text(client.get(page(CALCULATION, "change", row.pk)))


@pytest.mark.parametrize("way", ["list", "page"])
@pytest.mark.parametrize(
    ("act", "before", "after"),
    [("retry", Status.FAILED, Status.PENDING), ("cancel", Status.RUNNING, Status.CANCELLED)],
)
def test_operations_retry_and_cancel(alice, calculation, operations, way, act, before, after):
    row = calculation(before)

    if way == "list":
        choose(portal(operations), CALCULATION, f"{act}_chosen", row)
    else:
        press(portal(operations), CALCULATION, act, row)

    row.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert row.status == after
    assert (entry.user, entry.actor, entry.via) == (alice, operations, "admin")
    assert entry.changes == {"status": [before, after]}


def test_what_cannot_be_retried_is_refused_in_words(calculation, operations):
    done = calculation(Status.SUCCEEDED)

    shown = text(choose(portal(operations), CALCULATION, "retry_chosen", done))

    done.refresh_from_db()
    assert "Only a failed or cancelled job can be started again." in shown
    assert done.status == Status.SUCCEEDED


def test_a_reader_of_calculations_may_not_retry(calculation):
    row = calculation(Status.FAILED)
    client = portal(staff(permissions=["debts.view_calculation"]))

    choose(client, CALCULATION, "retry_chosen", row)
    response = press(client, CALCULATION, "retry", row)

    row.refresh_from_db()
    assert response.status_code == 403
    assert row.status == Status.FAILED


def test_a_failed_calculation_is_counted_on_the_first_page(calculation, operations):
    row = calculation(Status.FAILED, error="No room.", finished_at=NOW)

    first = portal(operations).get("/admin/")

    card = next(each for each in first.context["cards"] if each["title"] == "Failed calculations")
    assert (card["value"], card["alert"]) == (1, True)
    assert page(CALCULATION, "change", row.pk) in text(portal(operations).get(card["link"]))
