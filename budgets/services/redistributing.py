"""Moving money between categories: previewed, recorded, undone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from budgets.domain.envelopes import Envelope, Mode
from budgets.domain.redistribution import Outcome, State, redistribute
from budgets.models import Allocation, BudgetPeriod, Move, Redistribution
from budgets.models.redistributions import KeptState, Plans
from budgets.selectors.forecasts import foreseen
from budgets.selectors.standing import Standing, standing
from budgets.selectors.wording import run_message
from budgets.services.allocations import locked_period
from budgets.services.settings import settings_of
from core.audit import Act, entry, record
from core.domain.money import from_minor, minor_as_text
from core.errors import DomainError
from core.models import AuditEntry

Status, Trigger = Redistribution.Status, Redistribution.Trigger


@dataclass(frozen=True, slots=True)
class Run:
    """What a run has done, or on a dry run would do; it is kept where it moved money or proposes to.

    ``found`` is the period as the run found it.
    """

    found: Standing
    outcome: Outcome
    message: str
    kept: Redistribution | None = None


@transaction.atomic
def redistribute_overspend(
    period: BudgetPeriod,
    *,
    act: Act,
    trigger: str,
    dry_run: bool = False,
) -> Run:
    """Cover what the period's categories lack from those that can give, and keep a record of it.

    Asked for by the person it does so at once. Otherwise what lacks in categories whose person wants to be asked is
    proposed, and a machine never repeats for a category what the person has undone or dismissed in this period.
    """
    period = locked_period(period)
    mode = settings_of(period.user).mode
    stood = foreseen(period, mode=mode, day=period.user.today(act.at)).standing
    if trigger == Trigger.REQUEST:
        return _run(stood, act=act, trigger=trigger, dry_run=dry_run)
    left_alone = {str(key) for key in stood.refused}
    to_ask = {each.key for each in stood.envelopes if each.mode == Mode.ASK} - left_alone
    done = _run(stood, act=act, trigger=trigger, dry_run=dry_run, quiet=left_alone | to_ask)
    if to_ask and not dry_run:
        others = {each.key for each in stood.envelopes} - to_ask
        needed = {each.key: each.needed for each in stood.envelopes}
        after = standing(period, mode=mode).expecting(needed)
        _run(after, act=act, trigger=trigger, quiet=others, status=Status.PROPOSED)
    return done


@transaction.atomic
def agree(run: Redistribution, *, act: Act) -> Redistribution:
    """Do what was proposed; 409 ``NOT_PROPOSED``, or ``PLAN_CHANGED`` where the plan is another by now."""
    run = _held(run)
    _require(run, Status.PROPOSED, "NOT_PROPOSED", "This redistribution does not wait for an answer.")
    _require_as(run, run.before, "PLAN_CHANGED")
    run.status = Status.APPLIED
    run.save(update_fields=["status", "updated_at"])
    _apply(run, run.before, run.after, act=act, was=Status.PROPOSED)
    return run


@transaction.atomic
def dismiss(run: Redistribution, *, act: Act) -> Redistribution:
    """Refuse what was proposed; its categories are not proposed again in this period."""
    run = _held(run)
    _require(run, Status.PROPOSED, "NOT_PROPOSED", "This redistribution does not wait for an answer.")
    run.status = Status.DISMISSED
    run.save(update_fields=["status", "updated_at"])
    record(run, act=act, action=AuditEntry.Action.UPDATED, changes={"status": ["proposed", "dismissed"]})
    return run


@transaction.atomic
def undo(run: Redistribution, *, act: Act) -> Redistribution:
    """Put every amount and every day back as it was before.

    409 ``NOT_APPLIED``, or ``BUILT_UPON`` with what has changed the same categories since.
    """
    run = _held(run)
    _require(run, Status.APPLIED, "NOT_APPLIED", "This redistribution is not in effect.")
    _require_as(run, run.after, "BUILT_UPON")
    run.status, run.undone_at = Status.UNDONE, act.at
    run.save(update_fields=["status", "undone_at", "updated_at"])
    _apply(run, run.after, run.before, act=act, was=Status.APPLIED)
    return run


def _run(
    stood: Standing,
    *,
    act: Act,
    trigger: str,
    dry_run: bool = False,
    quiet: Collection[str] = (),
    status: str = Status.APPLIED,
) -> Run:
    """Move, or propose to, what the categories that are not ``quiet`` lack."""
    today = min(stood.today(stood.period.user.today(act.at)), len(stood.period.span) - 1)
    outcome = redistribute([_quietened(each, quiet) for each in stood.envelopes], today)
    message = run_message(stood, outcome)
    if dry_run or not outcome.moves:
        return Run(stood, outcome, message)
    if status == Status.PROPOSED:
        waiting = Redistribution.objects.filter(period=stood.period, status=Status.PROPOSED)
        if waiting.filter(after={key: list(planned) for key, planned in outcome.planned.items()}).exists():
            return Run(stood, outcome, message)
        # A newer proposal takes the place of the one that waits.
        waiting.delete()
    run = _recorded(
        stood, outcome, message, status=status, trigger=trigger, made_on=stood.period.span.days[today]
    )
    if status == Status.APPLIED:
        _apply(run, run.before, run.after, act=act)
    return Run(stood, outcome, message, run)


def _quietened(envelope: Envelope, quiet: Collection[str]) -> Envelope:
    return replace(envelope, mode=Mode.NEVER) if envelope.key in quiet else envelope


def _recorded(
    stood: Standing, outcome: Outcome, message: str, *, status: str, trigger: str, made_on: date
) -> Redistribution:
    period, currency = stood.period, stood.period.currency
    before = {each.key: list(each.planned) for each in stood.envelopes if each.key in outcome.planned}
    run = Redistribution(
        user_id=period.user_id,
        period=period,
        trigger=trigger,
        status=status,
        made_on=made_on,
        message=message,
        short={key: minor_as_text(units, currency) for key, units in outcome.short.items()},
        states=[_kept(state) for state in outcome.states],
        before=before,
        after={key: list(planned) for key, planned in outcome.planned.items()},
    )
    run.save(force_insert=True)
    Move.objects.bulk_create(
        [
            Move(
                redistribution=run,
                giver_id=move.giver,
                receiver_id=move.receiver,
                amount=from_minor(move.amount, currency),
                reason=move.reason.value,
            )
            for move in outcome.moves
        ]
    )
    return run


def _apply(run: Redistribution, old: Plans, new: Plans, *, act: Act, was: str | None = None) -> None:
    """Put other plans in the place of the old ones, of the same allocations, and record it."""
    currency, updated = run.period.currency, AuditEntry.Action.UPDATED
    entries = [entry(run, act=act, action=updated, changes={"status": [was, run.status]})]
    # The period is held, and few of its rows change.
    for key, planned in new.items():
        Allocation.objects.filter(pk=key).update(
            planned=planned, amount=from_minor(sum(planned), currency), updated_at=act.at
        )
        amounts = [minor_as_text(sum(plan), currency) for plan in (old[key], planned)]
        changed = Allocation(pk=UUID(key), user_id=run.user_id)
        entries.append(entry(changed, act=act, action=updated, changes={"amount": amounts}))
    AuditEntry.objects.bulk_create(entries)


def _kept(state: State) -> KeptState:
    return KeptState(
        key=state.key,
        name=state.name,
        budgeted=state.budgeted,
        spent=state.spent,
        remaining=state.remaining,
        days_left=state.days_left,
        needed=state.needed,
    )


def _held(run: Redistribution) -> Redistribution:
    locked_period(run.period)
    held: Redistribution = (
        Redistribution.objects.select_for_update(of=("self",)).select_related("period__user").get(pk=run.pk)
    )
    return held


def _require(run: Redistribution, status: str, code: str, message: str) -> None:
    if run.status != status:
        raise DomainError(message, code=code, details={"status": run.status})


def _require_as(run: Redistribution, plans: Mapping[str, list[int]], code: str) -> None:
    """A 409 where an allocation's plan is not what the run expects, naming the runs that changed it since."""
    now = dict(Allocation.objects.filter(pk__in=plans).values_list("pk", "planned"))
    changed = [key for key, planned in plans.items() if now.get(UUID(key)) != planned]
    if not changed:
        return
    touched = Q(moves__giver__in=changed) | Q(moves__receiver__in=changed)
    later = Redistribution.objects.filter(touched, status=Status.APPLIED, created_at__gt=run.created_at)
    ids = [str(pk) for pk in later.order_by("-created_at").values_list("pk", flat=True).distinct()]
    told = "Undo the later redistributions first." if ids else "You changed their amounts or days since."
    raise DomainError(
        f"The plan of {len(changed)} of its categories is another by now. {told}",
        code=code,
        details={"allocations": changed, "later": ids},
    )
