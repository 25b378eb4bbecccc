"""Rules applied to a person's whole history, by a worker."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Unpack
from uuid import UUID

import structlog
from django.db import transaction

from core import jobs
from core.audit import Act, record
from core.models import AuditEntry
from core.serializers import drawn
from transactions.models import Category, Rule, RuleRun, Transaction
from transactions.services.rules import (
    Change,
    RuleFields,
    active_rules,
    apply_rules,
    assign_rule,
    changes_by_rules,
    check_rule,
    create_rule,
    shown,
    terms_of,
)
from users.models import User

if TYPE_CHECKING:
    from transactions.models.rules import KeptRowChange

Clock = Callable[[], datetime]

BATCH = 500
SHOWN = 200
PREVIEWED = 50
LOOKED_AT = 5000
MAX_NAME = 100

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What rules change, or would change, on one row."""

    transaction: UUID
    date: dt.date
    description: str
    changes: dict[str, list[object]]


@dataclass(frozen=True, slots=True)
class RulePreview:
    """How many rows a rule would change, and the first of them."""

    rows_changed: int
    preview: list[RowChange]


@transaction.atomic
def start_rules(user: User, *, act: Act, rule: Rule | None = None, dry_run: bool = False) -> RuleRun:
    """Hand the person's rules, or one of them, to a worker to be applied to all their rows."""
    run = RuleRun(user=user, rule=rule, dry_run=dry_run)
    run.save(force_insert=True)
    record(run, act=act, action=AuditEntry.Action.CREATED, changes={"dry_run": dry_run})
    jobs.start(run)
    return run


@transaction.atomic
def always(row: Transaction, *, act: Act, category: Category) -> tuple[Rule, RuleRun]:
    """A rule from one correction: rows of this merchant, or of this text, get this category from now on.

    Rows that are there follow, by a worker; those for which the person chose a category keep it.
    """
    named = row.merchant.name if row.merchant else row.description
    asked: RuleFields = {"name": named[:MAX_NAME], "set_category": category}
    if row.merchant:
        asked["merchant"] = row.merchant
    else:
        asked["text"] = row.description[:200]
    rule = create_rule(row.user, act=act, **asked)
    return rule, start_rules(row.user, act=act, rule=rule)


def preview(user: User, **fields: Unpack[RuleFields]) -> RulePreview:
    """What a rule that is not saved yet would change among the person's latest 5,000 rows; the first 50 are shown."""
    rule = Rule(user=user)
    assign_rule(rule, fields)
    tags = fields.get("add_tags", ())
    check_rule(rule, tags)
    rows = Transaction.objects.for_user(user).live().order_by("-date", "-id")[:LOOKED_AT]
    found = changes_by_rules(user, rows, [terms_of(rule, tags)])
    return RulePreview(len(found), [row_change(change) for change in found[:PREVIEWED]])


def run_rules(job_id: UUID | str, *, clock: Clock) -> None:
    """Apply rules batch by batch; doing a batch again after a lost worker changes nothing more."""
    run = jobs.claim(RuleRun, job_id=job_id, now=clock())
    if run is None:
        return
    try:
        _work(run, clock=clock)
    except jobs.JobLostError:
        logger.info("rule_run_lost", job_id=str(job_id))


@transaction.atomic
def cancel_run(run: RuleRun, *, act: Act) -> RuleRun:
    """Stop a run that has not finished; rows that it has changed stay so."""
    before = run.status
    jobs.cancel(run, now=act.at)
    record(run, act=act, action=AuditEntry.Action.UPDATED, changes={"status": [before, run.status]})
    return run


@transaction.atomic
def retry_run(run: RuleRun, *, act: Act) -> RuleRun:
    """Start a failed or cancelled run again, from the first row."""
    before = run.status
    jobs.retry(run, now=act.at)
    record(run, act=act, action=AuditEntry.Action.UPDATED, changes={"status": [before, run.status]})
    return run


def _work(run: RuleRun, *, clock: Clock) -> None:
    try:
        _apply(run, clock=clock)
    except jobs.JobLostError:
        raise
    except Exception:
        logger.exception("rule_run_failed", job_id=str(run.pk))
        jobs.fail(run, error="Something went wrong on our side; staff can see what.", now=clock())
        raise


def _apply(run: RuleRun, *, clock: Clock) -> None:
    rules = [terms_of(run.rule)] if run.rule else active_rules(run.user)
    rows = Transaction.objects.for_user(run.user).live().order_by("pk")
    total, done, last = rows.count(), 0, None
    # What a lost worker has changed is not found again; what it only looked at is.
    changed = 0 if run.dry_run else run.rows_changed
    shown_rows: list[KeptRowChange] = [] if run.dry_run else list(run.preview)
    while batch := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            chosen = rows.filter(pk__in=batch)
            found = (
                changes_by_rules(run.user, chosen, rules)
                if run.dry_run
                else apply_rules(run.user, chosen, act=_act(run, clock()), rules=rules)
            )
            done, changed, last = done + len(batch), changed + len(found), batch[-1]
            told = found[: max(0, SHOWN - len(shown_rows))]
            shown_rows += [drawn(row_change(change)) for change in told]
            figures = {"rows_changed": changed, "preview": shown_rows}
            jobs.beat(run, now=clock(), progress_done=done, progress_total=total, **figures)
    jobs.succeed(run, now=clock())


def row_change(change: Change) -> RowChange:
    """A change as it is shown."""
    row = change.row
    return RowChange(row.pk, row.date, row.description, shown(change))


def _act(run: RuleRun, now: datetime) -> Act:
    return Act(actor_id=run.user_id, via=AuditEntry.Via.SYSTEM, at=now)
