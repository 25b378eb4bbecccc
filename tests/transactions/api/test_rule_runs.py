"""``/api/v1/rules/apply`` and ``/api/v1/rule-runs``: rules on their way through a history."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.celery import app
from core import jobs
from core.models import AuditEntry
from tests.factories import NOW, MerchantFactory, TagFactory, TransactionFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Account, Rule, RuleRun, Transaction
from transactions.services import rule_runs
from users.models import User

RULES = "/api/v1/rules"
URL = "/api/v1/rule-runs"
ROWS = "/api/v1/transactions"

Apply = Callable[..., dict[str, Any]]


class Killed(BaseException):
    """The worker is gone."""


@pytest.fixture
def apply(alice_api: APIClient, commits: Any) -> Apply:
    """Applies alice's rules, lets the worker run, and returns the finished run."""

    def run(**body: Any) -> dict[str, Any]:
        with commits():
            answer = alice_api.post(f"{RULES}/apply", body)
        assert (answer.status_code, answer.json()["status"]) == (202, "pending")
        return alice_api.get(answer.headers["Location"]).json()

    return run


@pytest.fixture
def history(account: Account) -> list[Transaction]:
    """Seven rows of a shop that nobody knows, and one that is known."""
    shop = [TransactionFactory(account=account, description=f"ZANZIBAR {number}") for number in range(7)]
    return [*shop, TransactionFactory(account=account, description="LIDL")]


def rule_of(user: User, **fields: Any) -> Rule:
    given = {"name": "Zanzibar", "text": "zanzibar", "set_category": category_of(user, "gifts")} | fields
    return Rule.objects.create(user=user, **given)


def gifts() -> int:
    return Transaction.objects.filter(category__code="gifts").count()


def test_rules_are_applied_to_the_rows_that_are_there(
    alice: User, apply: Apply, history: list[Transaction]
) -> None:
    rule_of(alice)

    run = apply()

    assert (run["status"], run["percent"], run["error"], run["dry_run"]) == ("succeeded", 100, "", False)
    assert (run["rule"], run["rows_changed"], len(run["preview"])) == (None, 7, 7)
    assert gifts() == 7
    entry = AuditEntry.objects.get(object_id=history[0].pk)
    assert (entry.via, entry.actor_id, entry.changes["rules"]) == ("system", alice.pk, ["Zanzibar"])


def test_rules_applied_again_change_nothing_more(
    alice: User, apply: Apply, history: list[Transaction]
) -> None:
    rule_of(alice, set_notes="by rule")
    apply()
    before = list(Transaction.objects.order_by("pk").values())

    assert apply()["rows_changed"] == 0
    assert list(Transaction.objects.order_by("pk").values()) == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    alice: User, apply: Apply, history: list[Transaction]
) -> None:
    rule_of(alice, name="One")
    before = list(Transaction.objects.order_by("pk").values())

    run = apply(dry_run=True)

    assert (run["rows_changed"], run["dry_run"]) == (7, True)
    assert run["preview"][0] == {
        "transaction": str(history[0].pk),
        "date": "2026-03-10",
        "description": "ZANZIBAR 0",
        "changes": {
            "category": [str(history[0].category_id), str(category_of(alice, "gifts").pk)],
            "rules": ["One"],
        },
    }
    assert list(Transaction.objects.order_by("pk").values()) == before


def test_one_rule_can_be_applied_alone_even_where_it_is_off(
    alice: User, apply: Apply, history: list[Transaction]
) -> None:
    rule_of(alice, name="All", set_notes="never")
    one = rule_of(alice, name="Lidl", text="lidl", is_active=False)

    run = apply(rule=str(one.pk))

    assert (run["rule"], run["rows_changed"]) == (str(one.pk), 1)
    assert list(Transaction.objects.filter(category__code="gifts")) == [history[-1]]


def test_rows_in_the_trash_are_left_alone(alice: User, apply: Apply, account: Account) -> None:
    rule_of(alice)
    TransactionFactory(account=account, description="ZANZIBAR", deleted_at=NOW)

    assert apply()["rows_changed"] == 0
    assert gifts() == 0


def test_what_a_person_chose_afterwards_is_never_overruled(
    alice_api: APIClient, alice: User, record: Record, apply: Apply
) -> None:
    tag, merchant = TagFactory(user=alice), MerchantFactory(user=alice)
    rule = rule_of(alice, is_ignored=True, set_notes="by rule", set_merchant=MerchantFactory(user=alice))
    rule.add_tags.add(tag)
    row = record(description="ZANZIBAR")
    assert (row["is_ignored"], row["notes"], row["tags"]) == (True, "by rule", [str(tag.pk)])
    mine = {
        "category": str(category_of(alice, "books").pk),
        "merchant": str(merchant.pk),
        "is_ignored": False,
        "notes": "",
        "tags": [],
    }
    alice_api.patch(f"{ROWS}/{row['id']}", mine)

    assert apply()["rows_changed"] == 0

    after = alice_api.get(f"{ROWS}/{row['id']}").json()
    assert {name: after[name] for name in mine} == mine


def test_a_run_that_waits_can_be_cancelled_and_then_does_nothing(
    alice_api: APIClient, alice: User, history: list[Transaction], commits: Any
) -> None:
    rule_of(alice)
    run = alice_api.post(f"{RULES}/apply", {}).json()

    answer = alice_api.post(f"{URL}/{run['id']}/cancel")

    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    rule_runs.run_rules(run["id"], clock=lambda: NOW)
    assert gifts() == 0
    again = alice_api.post(f"{URL}/{run['id']}/cancel")
    assert (again.status_code, again.json()["error_code"]) == (409, "JOB_FINISHED")


def test_a_run_that_is_cancelled_while_it_works_keeps_what_it_has_done(
    alice: User, history: list[Transaction], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_of(alice)
    run = RuleRun.objects.create(user=alice)
    monkeypatch.setattr(rule_runs, "BATCH", 3)
    change = rule_runs.apply_rules

    def cancelled_after_one(*args: Any, **kwargs: Any) -> Any:
        if gifts():
            jobs.cancel(RuleRun.objects.get(pk=run.pk), now=NOW)
        return change(*args, **kwargs)

    monkeypatch.setattr(rule_runs, "apply_rules", cancelled_after_one)
    rule_runs.run_rules(run.pk, clock=lambda: NOW)

    run.refresh_from_db()
    assert (gifts(), run.rows_changed) == (3, 3)


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_run_whose_worker_died_is_ended_by_the_next(
    alice: User, history: list[Transaction], monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    rule_of(alice)
    run = RuleRun.objects.create(user=alice, dry_run=dry_run)
    monkeypatch.setattr(rule_runs, "BATCH", 3)
    beats = iter([jobs.beat])

    def dying(*args: Any, **kwargs: Any) -> None:
        beat = next(beats, None)
        if beat is None:
            raise Killed
        beat(*args, **kwargs)

    with monkeypatch.context() as deadly:
        deadly.setattr(jobs, "beat", dying)
        with pytest.raises(Killed):
            rule_runs.run_rules(run.pk, clock=lambda: NOW)
    run.refresh_from_db()
    assert (run.status, run.rows_changed, gifts()) == ("running", 3, 0 if dry_run else 3)

    rule_runs.run_rules(run.pk, clock=lambda: NOW + dt.timedelta(hours=1))

    run.refresh_from_db()
    assert (run.status, run.attempts, run.rows_changed) == ("succeeded", 2, 7)
    assert [one["description"] for one in run.preview] == [f"ZANZIBAR {number}" for number in range(7)]
    assert gifts() == (0 if dry_run else 7)
    assert AuditEntry.objects.filter(object_type="transactions.transaction").count() == gifts()


def test_a_run_of_a_rule_that_is_deleted_applies_no_other(
    alice_api: APIClient, alice: User, history: list[Transaction]
) -> None:
    rule_of(alice, name="All")
    one = rule_of(alice, name="Lidl", text="lidl")
    run = alice_api.post(f"{RULES}/apply", {"rule": str(one.pk)}).json()

    alice_api.delete(f"{RULES}/{one.pk}")
    rule_runs.run_rules(run["id"], clock=lambda: NOW)

    assert alice_api.get(f"{URL}/{run['id']}").status_code == 404
    assert gifts() == 0


def test_a_failure_is_told_in_words(
    alice: User, history: list[Transaction], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_of(alice)
    run = RuleRun.objects.create(user=alice)
    monkeypatch.setattr(rule_runs, "apply_rules", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        rule_runs.run_rules(run.pk, clock=lambda: NOW)

    run.refresh_from_db()
    assert (run.status, run.error) == ("failed", "Something went wrong on our side; staff can see what.")


def test_one_correction_can_be_made_a_rule(
    alice_api: APIClient, alice: User, record: Record, commits: Any
) -> None:
    rows = [record(description="ZANZIBAR CORNER") for _ in range(2)]
    chosen = record(description="ZANZIBAR CORNER", category=str(category_of(alice, "books").pk))
    wanted = str(category_of(alice, "gifts").pk)

    with commits():
        answer = alice_api.post(f"{ROWS}/{rows[0]['id']}/always", {"category": wanted})

    assert answer.status_code == 201
    rule, run = answer.json()["rule"], answer.json()["run"]
    assert (rule["merchant"], rule["text"], rule["set_category"]) == (rows[0]["merchant"], "", wanted)
    assert (rule["name"], run["rule"]) == (rows[0]["merchant_name"], rule["id"])
    assert alice_api.get(f"{URL}/{run['id']}").json()["rows_changed"] == 2
    now = [alice_api.get(f"{ROWS}/{row['id']}").json()["category_code"] for row in (*rows, chosen)]
    assert now == ["gifts", "gifts", "books"]
    assert record(description="ZANZIBAR CORNER")["category_source"] == "rule"


def test_a_correction_of_a_row_without_a_merchant_is_about_its_text(
    alice_api: APIClient, alice: User, account: Account
) -> None:
    row = TransactionFactory(account=account, description="1234 5678")
    wanted = str(category_of(alice, "gifts").pk)

    rule = alice_api.post(f"{ROWS}/{row.pk}/always", {"category": wanted}).json()["rule"]

    assert (rule["merchant"], rule["text"], rule["name"]) == (None, "1234 5678", "1234 5678")


def test_a_row_that_says_nothing_cannot_be_made_a_rule(
    alice_api: APIClient, alice: User, account: Account
) -> None:
    row = TransactionFactory(account=account, description="")

    answer = alice_api.post(f"{ROWS}/{row.pk}/always", {"category": str(category_of(alice, "gifts").pk)})

    assert answer.status_code == 400
    assert not Rule.objects.exists()
    assert not RuleRun.objects.exists()


def test_runs_are_listed_the_latest_first_at_one_price(
    alice_api: APIClient, alice: User, django_assert_num_queries: Any
) -> None:
    runs = [RuleRun.objects.create(user=alice) for _ in range(3)]

    with django_assert_num_queries(2):
        listed = alice_api.get(URL).json()["results"]

    assert [run["id"] for run in listed] == [str(run.pk) for run in reversed(runs)]


def test_a_stranger_can_neither_see_nor_cancel_a_run_nor_make_rules_of_rows(
    bob_api: APIClient, bob: User, alice: User, history: list[Transaction]
) -> None:
    app.conf.task_always_eager = False
    run = RuleRun.objects.create(user=alice, rule=rule_of(alice))

    assert bob_api.get(URL).json()["results"] == []
    assert bob_api.get(f"{URL}/{run.pk}").status_code == 404
    assert bob_api.post(f"{URL}/{run.pk}/cancel").status_code == 404
    body = {"category": str(category_of(bob, "gifts").pk)}
    assert bob_api.post(f"{ROWS}/{history[0].pk}/always", body).status_code == 404

    run.refresh_from_db()
    assert run.status == "pending"
    assert Rule.objects.count() == 1
