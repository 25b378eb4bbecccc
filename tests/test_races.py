"""Two requests for the same thing: exactly one wins, the other is told what the contract says."""

import datetime as dt
import os
import signal
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from rest_framework.test import APIClient

from core import idempotency
from core.audit import Act
from core.errors import DomainError
from core.models import AuditEntry
from debts.models import PaymentPlan
from debts.services.plans import activate_plan
from goals.models import Goal
from goals.services.goals import add_goal
from tests.answers import CheckedClient
from tests.factories import NOW, AccountFactory, GoalFactory, PaymentPlanFactory, TagFactory, act_of
from tests.ingest.conftest import csv_of
from tests.ingest.services.test_resuming import asked_for, work_on
from tests.racing import TIMES, Race, needs_connections, racers
from transactions.models import Account, Sighting, Tag, Transaction
from transactions.serializers.resources import TagSerializer
from transactions.services import merchants
from transactions.services.entering import enter_transaction
from transactions.services.merging import merge_transactions
from transactions.services.observing import observe
from users.models import SignIn, User
from users.tokens import sign_in

pytestmark = [needs_connections, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = range(TIMES)


@pytest.fixture
def race(db: Any) -> Iterator[Race]:
    with racers() as started:
        yield started


@pytest.fixture
def account(alice: User) -> Account:
    return AccountFactory(user=alice)


def copies(client: APIClient) -> tuple[APIClient, APIClient]:
    """Two clients with one token: a client is not made for two threads."""
    made = CheckedClient(), CheckedClient()
    for each in made:
        each.credentials(**client._credentials)
    return made


def test_of_two_posts_with_one_key_one_acts_and_both_hear_its_answer(
    race: Race, alice: User, alice_api: APIClient
) -> None:
    first, second = copies(alice_api)
    for number in ROUNDS:
        body, key = {"name": f"tag {number}"}, {"HTTP_IDEMPOTENCY_KEY": f"key-{number}"}

        answers = race(
            lambda body=body, key=key: first.post("/api/v1/tags", body, **key),
            lambda body=body, key=key: second.post("/api/v1/tags", body, **key),
        )

        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert sorted("Idempotency-Replayed" in answer.headers for answer in answers) == [False, True]
    assert Tag.objects.for_user(alice).count() == TIMES


def test_of_two_changes_of_what_both_saw_one_is_made(race: Race, alice: User, alice_api: APIClient) -> None:
    first, second = copies(alice_api)
    address = f"/api/v1/tags/{TagFactory(user=alice, name='seen').pk}"
    for number in ROUNDS:
        seen = {"HTTP_IF_MATCH": alice_api.get(address).headers["ETag"]}

        answers = race(
            lambda number=number, seen=seen: first.patch(address, {"name": f"one {number}"}, **seen),
            lambda number=number, seen=seen: second.patch(address, {"name": f"two {number}"}, **seen),
        )

        made, refused = sorted(answers, key=lambda answer: answer.status_code)
        assert (made.status_code, refused.status_code) == (200, 412)
        assert refused.json()["error_code"] == "PRECONDITION_FAILED"
        assert alice_api.get(address).json()["name"] == made.json()["name"]


def test_a_change_that_was_not_seen_is_not_overwritten_at_the_same_moment(
    race: Race, alice: User, alice_api: APIClient
) -> None:
    first, second = copies(alice_api)
    address = f"/api/v1/tags/{TagFactory(user=alice, name='seen').pk}"
    for number in ROUNDS:
        seen = {"HTTP_IF_MATCH": alice_api.get(address).headers["ETag"]}

        careful, careless = race(
            lambda number=number, seen=seen: first.patch(address, {"name": f"careful {number}"}, **seen),
            lambda number=number: second.patch(address, {"name": f"careless {number}"}),
        )

        assert careless.status_code == 200
        assert careful.status_code in {200, 412}
        # Whichever came first: what nobody had seen is there still.
        assert alice_api.get(address).json()["name"] == f"careless {number}"


def killed(work: Callable[[], object]) -> None:
    """Do something in a process of its own that does not live to its end."""
    pid = os.fork()
    if not pid:
        # The socket of the parent's connection is left alone, not closed.
        connection.connection = None
        try:
            work()
        finally:
            os._exit(1)
    assert os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def die(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (merchants, "create_tag"),
        (TagSerializer, "to_representation"),
        (idempotency.Claim, "keep"),
        (idempotency.Claim, "__exit__"),
    ],
    ids=["before the work", "before its answer", "before it is kept", "after all is kept"],
)
def test_a_request_whose_process_is_killed_acts_once_in_the_end(
    alice: User, alice_api: APIClient, monkeypatch: pytest.MonkeyPatch, where: Any, name: str
) -> None:
    body, key = {"name": "holiday"}, {"HTTP_IDEMPOTENCY_KEY": "b5e1"}
    is_done = name == "__exit__"
    with monkeypatch.context() as patched:
        patched.setattr(where, name, die)
        killed(lambda: alice_api.post("/api/v1/tags", body, **key))
    assert Tag.objects.for_user(alice).count() == is_done

    monkeypatch.setattr(idempotency, "PATIENCE", dt.timedelta(0))
    at_once = alice_api.post("/api/v1/tags", body, **key)
    monkeypatch.setattr(idempotency, "PATIENCE", dt.timedelta(minutes=1))
    with time_machine.travel(dt.datetime.now(dt.UTC) + idempotency.LEASE):
        later = alice_api.post("/api/v1/tags", body, **key)

    assert at_once.status_code == (201 if is_done else 409)
    if not is_done:
        assert at_once.json()["error_code"] == "IDEMPOTENCY_KEY_IN_USE"
        assert 1 <= int(at_once.headers["Retry-After"]) <= 30
    assert later.status_code == 201
    assert ("Idempotency-Replayed" in later.headers) == is_done
    assert Tag.objects.for_user(alice).count() == 1


def test_of_two_entries_with_one_external_id_one_is_refused(
    race: Race, alice_api: APIClient, account: Account
) -> None:
    first, second = copies(alice_api)
    for number in ROUNDS:
        body = {
            "account": str(account.pk),
            "date": day_of(number).isoformat(),
            "amount": f"-{number + 1}.00",
            "external_id": f"own-{number}",
        }

        answers = race(
            lambda body=body: first.post("/api/v1/transactions", body),
            lambda body=body: second.post("/api/v1/transactions", body),
        )

        made, refused = sorted(answers, key=lambda answer: answer.status_code)
        assert (made.status_code, refused.status_code) == (201, 409)
        assert refused.json()["error_code"] == "EXTERNAL_ID_EXISTS"
    assert account.transactions.count() == TIMES


@pytest.mark.parametrize("is_account_known", [True, False], ids=["both know the account", "one knows it"])
def test_of_two_observers_of_one_mail_the_second_finds_it_there(
    race: Race, alice: User, account: Account, is_account_known: bool
) -> None:
    other = account if is_account_known else None
    for number in ROUNDS:
        facts = mail(number)

        tellings = race(
            lambda facts=facts: observe(alice, source="email", account=account, **facts),
            lambda facts=facts: observe(alice, source="email", account=other, **facts),
        )

        assert sorted(is_new for _, is_new in tellings) == [False, True]
        assert tellings[0][0].pk == tellings[1][0].pk
    assert (Sighting.objects.count(), Transaction.objects.count()) == (TIMES, TIMES)


def test_a_purchase_that_two_sources_tell_of_at_once_is_one_row(
    race: Race, alice: User, account: Account
) -> None:
    for number in ROUNDS:
        facts = mail(number)

        tellings = race(
            lambda facts=facts: observe(alice, source="email", account=account, **facts),
            lambda facts=facts: observe(alice, source="receipt", account=account, **facts),
        )

        assert [is_new for _, is_new in tellings] == [True, True]
        assert tellings[0][0].transaction_id == tellings[1][0].transaction_id
    assert (Sighting.objects.count(), Transaction.objects.count()) == (2 * TIMES, TIMES)


def test_of_two_who_use_a_refresh_token_one_gets_tokens_and_the_family_ends(race: Race, alice: User) -> None:
    first, second = CheckedClient(), CheckedClient()
    for _ in ROUNDS:
        body = {"refresh": sign_in(alice, now=alice.created_at).refresh}

        answers = race(
            lambda body=body: first.post("/api/v1/auth/refresh", body),
            lambda body=body: second.post("/api/v1/auth/refresh", body),
        )

        got, refused = sorted(answers, key=lambda answer: answer.status_code)
        assert (got.status_code, refused.status_code) == (200, 401)
        assert refused.json()["error_code"] == "TOKEN_REUSED"
        assert first.post("/api/v1/auth/refresh", {"refresh": got.json()["refresh"]}).status_code == 401
    assert SignIn.objects.filter(revoked_at=None).count() == 0


def test_of_two_imports_of_one_file_one_brings_every_row(race: Race, alice: User, account: Account) -> None:
    for number in ROUNDS:
        content = csv_of([(day_of(number).isoformat(), f"SHOP {number}", f"-{number + 1}.00")])
        one, two = (asked_for(alice, content, account=account) for _ in range(2))

        race(lambda one=one: work_on(one, at=NOW), lambda two=two: work_on(two, at=NOW))

        for each in (one, two):
            each.refresh_from_db()
        assert [one.status, two.status] == ["succeeded", "succeeded"]
        assert sorted([one.rows_new, two.rows_new]) == [0, 1]
        assert sorted([one.rows_duplicate, two.rows_duplicate]) == [0, 1]
    assert account.transactions.count() == TIMES


def test_of_two_merges_of_the_same_rows_one_is_refused(race: Race, alice: User, account: Account) -> None:
    act = act_of(alice)
    for number in ROUNDS:
        one, two = (typed(alice, account, number) for _ in range(2))

        answers = race(
            lambda one=one, two=two: merge_transactions(one, act=act, other=two),
            lambda one=one, two=two: merge_transactions(two, act=act, other=one),
        )

        (refusal,) = [answer for answer in answers if isinstance(answer, DomainError)]
        (kept,) = [answer for answer in answers if isinstance(answer, Transaction)]
        assert refusal.get_codes() == "NOT_ONE_PURCHASE"
        assert kept.sightings.count() == 2
    assert Transaction.objects.live().count() == TIMES


def test_of_two_plans_that_are_activated_one_is_followed(race: Race, alice: User) -> None:
    one, two = PaymentPlanFactory(user=alice), PaymentPlanFactory(user=alice, name="Other")
    act = act_of(alice)
    for _ in ROUNDS:
        answers = race(lambda: activate_plan(one, act=act), lambda: activate_plan(two, act=act))

        assert [answer.pk for answer in answers] == [one.pk, two.pk]
        assert PaymentPlan.objects.filter(status="active").count() == 1
        PaymentPlan.objects.update(status="saved")


def test_of_two_who_add_a_fifth_goal_one_is_told_of_the_limit(race: Race, alice: User) -> None:
    for _ in range(4):
        GoalFactory(user=alice)
    terms = {
        "kind": "savings", "target_amount": Decimal(100), "currency": "EUR",
        "target_on": dt.date(2027, 1, 1),
    }  # fmt: skip

    def add(name: str) -> Goal:
        return add_goal(alice, act=act_of(alice), today=NOW.date(), name=name, **terms)

    for _ in ROUNDS:
        answers = race(lambda: add("one"), lambda: add("two"))

        (refusal,) = [answer for answer in answers if isinstance(answer, DomainError)]
        (made,) = [answer for answer in answers if isinstance(answer, Goal)]
        assert (refusal.get_codes(), refusal.details) == (
            "GOAL_LIMIT_EXCEEDED",
            {"current_count": 5, "max_count": 5},
        )
        made.delete()


def day_of(number: int) -> dt.date:
    """Far from the days of the others, so that no round is slower than the one before."""
    return dt.date(2020, 1, 1) + dt.timedelta(days=10 * number)


def mail(number: int) -> dict[str, Any]:
    """What a bank's mail says of the nth purchase, each of another amount."""
    return {
        "act": Act(actor_id=None, via=AuditEntry.Via.SYSTEM, at=NOW),
        "external_id": f"mail-{number}",
        "date": day_of(number),
        "amount": Decimal(-number - 1),
        "currency": "EUR",
        "description": "CORNER SHOP",
        "status": Transaction.Status.POSTED,
    }


def typed(user: User, account: Account, number: int) -> Transaction:
    row, _ = enter_transaction(
        user,
        act=act_of(user),
        account=account,
        is_separate=True,
        date=day_of(number),
        amount=Decimal(-number - 1),
        description="CORNER SHOP",
    )
    return row
