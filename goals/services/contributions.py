"""Putting money aside, taking it out again, and looking at how it goes."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core.audit import Act, record, snapshot
from core.errors import DomainError, field_error
from core.models import AuditEntry
from goals.models import CheckIn, Contribution, ContributionRule, Goal
from goals.selectors.progress import standing
from goals.services.milestones import note_milestones
from transactions.models import Transaction

FIELDS = ("goal", "amount", "on", "source", "transaction", "notes")


@transaction.atomic
def contribute(
    goal: Goal,
    *,
    act: Act,
    today: date,
    transaction: Transaction | None = None,
    amount: Decimal | None = None,
    on: date | None = None,
    notes: str = "",
) -> Contribution:
    """Put money aside by hand, or by the ledger's row that moved it; a negative amount takes it out again.

    Of a row come the day and, if none is given, the amount: on the goal's own account with its sign, of any other
    account what it moved. 409 ``GOAL_ABANDONED``, ``GOAL_FOLLOWS_DEBT``, ``CONTRIBUTION_LINKED`` where the row counts
    already, ``TRANSACTION_IN_TRASH``, and ``NOT_ENOUGH_SAVED`` for more than is there; a validation error for a row in
    another currency or of nothing.
    """
    goal = locked(goal)
    _require_open(goal)
    if transaction is not None:
        _require_row(transaction, goal)
    contribution = Contribution(user=goal.user, goal=goal, transaction=transaction, notes=notes)
    contribution.source = Contribution.Source.TRANSACTION if transaction else Contribution.Source.MANUAL
    contribution.on = on or (transaction.date if transaction else today)
    contribution.amount = _amount(amount, transaction, goal)
    _require_saved(goal, contribution.amount, today=today)
    contribution.full_clean(exclude=["user", "goal", "transaction"])
    contribution.save(force_insert=True)
    record(contribution, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(goal.pk)})
    note_milestones(goal, act=act, today=today)
    return contribution


@transaction.atomic
def remove_contribution(contribution: Contribution, *, act: Act) -> None:
    """Forget a contribution; the ledger's row stays, and a rule does not put the same aside again."""
    if contribution.key:
        _skip(contribution)
    record(contribution, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(contribution, FIELDS))
    contribution.delete()


@transaction.atomic
def check_in(goal: Goal, *, act: Act, today: date, reflection: str = "") -> CheckIn:
    """Keep what is saved today and what the person thinks of it."""
    made = CheckIn(
        user=goal.user, goal=goal, on=today, saved=standing(goal, today=today).saved, reflection=reflection
    )
    made.full_clean(exclude=["user", "goal"])
    made.save(force_insert=True)
    record(made, act=act, action=AuditEntry.Action.CREATED, changes={"goal": str(goal.pk)})
    return made


def locked(goal: Goal) -> Goal:
    """The goal's row, which two who change what is saved wait for."""
    found: Goal = Goal.objects.select_for_update(of=("self",)).select_related("user").get(pk=goal.pk)
    return found


def _skip(contribution: Contribution) -> None:
    kind = contribution.key.partition(":")[0]
    rules = ContributionRule.objects.select_for_update(of=("self",))
    for rule in rules.filter(goal_id=contribution.goal_id, kind=kind):
        rule.skipped = [*rule.skipped, contribution.key]
        rule.save(update_fields=["skipped", "updated_at"])


def _require_open(goal: Goal) -> None:
    if goal.status == Goal.Status.ABANDONED:
        raise DomainError("This goal was abandoned; take it up again first.", code="GOAL_ABANDONED")
    if goal.debt_id:
        raise DomainError(
            "This goal follows a debt: record the payment on the debt.",
            code="GOAL_FOLLOWS_DEBT",
            details={"debt": str(goal.debt_id)},
        )


def _require_row(row: Transaction, goal: Goal) -> None:
    if row.deleted_at is not None:
        raise DomainError("The row is in the trash; restore it first.", code="TRANSACTION_IN_TRASH")
    if Contribution.objects.filter(transaction=row).exists():
        raise DomainError("This row is a contribution already.", code="CONTRIBUTION_LINKED")
    if row.account.currency != goal.currency:
        raise field_error(
            "transaction",
            f"The row is in {row.account.currency}, the goal in {goal.currency}.",
            "mixed_currencies",
        )


def _amount(given: Decimal | None, row: Transaction | None, goal: Goal) -> Decimal:
    if given is not None:
        return given
    if row is None:
        raise field_error("amount", "Give it, or a transaction that has it.", "required")
    is_own = goal.account_id is not None and row.account_id == goal.account_id
    moved: Decimal = row.account_amount
    return moved if is_own else abs(moved)


def _require_saved(goal: Goal, amount: Decimal, *, today: date) -> None:
    if amount >= 0:
        return
    saved = standing(goal, today=today).saved
    if saved + amount < 0:
        raise DomainError(
            "There is not so much saved.",
            code="NOT_ENOUGH_SAVED",
            details={"saved": f"{saved.normalize():f}"},
            pointer="/amount",
        )
