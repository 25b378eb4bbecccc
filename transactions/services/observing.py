"""Single sightings: what an e-mail, a receipt or a bank's push message tells of a purchase."""

import datetime as dt
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from core.audit import Act, differences, record, snapshot
from core.models import AuditEntry
from transactions.domain.incoming import IncomingRow
from transactions.models import Account, Sighting, Transaction
from transactions.selectors.sightings import ids_on_any_account
from transactions.services.accounts import unassigned_account
from transactions.services.classifying import classified
from transactions.services.evidence import TAKEN_OVER, Origin, sighting_id, take_over
from transactions.services.posting import Posting
from transactions.services.rules import active_rules, apply_rules
from users.models import User


class Facts(TypedDict):
    """What a source tells of a purchase; outflow is negative."""

    external_id: str
    date: dt.date
    time: NotRequired[dt.time | None]
    amount: Decimal
    currency: str
    description: NotRequired[str]
    status: str


@transaction.atomic
def observe(
    user: User, *, act: Act, source: str, account: Account | None = None, **facts: Unpack[Facts]
) -> tuple[Sighting, bool]:
    """Take what a source tells into the ledger; returns the sighting and whether it was new.

    It joins the row that it is of, or else makes one; without an account that is on the one for unassigned rows,
    until a source knows better. A sighting that came before changes nothing, but that a pending one is booked, on its
    day and with its amount.
    """
    if account is not None and account.kind == Account.Kind.UNASSIGNED:
        account = None
    # Two tellings at once would both find the ledger without the purchase.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    row = classified(_incoming(facts), user=user)
    posting = Posting(user, origin=Origin(source), act=act)
    known = _known(user, source, row.external_id)
    if known is not None:
        if row.status == Transaction.Status.POSTED and known.status == Transaction.Status.PENDING:
            _settle(known, row, user=user, act=act, account=account)
        return known, False
    match = posting.match(account, [row]).get(row.external_id)
    if match is not None:
        posting.link(account, [(row, match)])
    else:
        posting.post(account or unassigned_account(user, currency=row.currency, act=act), [row])
    sighting: Sighting = Sighting.objects.for_user(user).get(
        source=source, external_id=sighting_id(row, account)
    )
    if match is None:
        record(sighting.transaction, act=act, action=AuditEntry.Action.CREATED, changes={"source": source})
        made = Transaction.objects.filter(pk=sighting.transaction_id)
        apply_rules(user, made, act=act, rules=active_rules(user))
    return sighting, True


def _incoming(facts: Facts) -> IncomingRow:
    return IncomingRow(
        external_id=facts["external_id"],
        date=facts["date"],
        time=facts.get("time"),
        amount=facts["amount"],
        currency=facts["currency"],
        description=facts.get("description", ""),
        status=facts["status"],
    )


def _settle(sighting: Sighting, seen: IncomingRow, *, user: User, act: Act, account: Account | None) -> None:
    """The same source books what it had told of as pending: an authorisation gives way to its settlement."""
    found = Transaction.objects.select_for_update(of=("self",)).select_related("account")
    row = found.get(pk=sighting.transaction_id)
    before = snapshot(row, TAKEN_OVER)
    if not row.splits.exists() or seen.amount == row.amount:
        take_over(row, seen, user=user, origin=Origin(sighting.source), account=account)
    else:
        # What a person has taken apart adds up to the amount it had.
        row.status = Transaction.Status.POSTED
    changes = differences(before, snapshot(row, TAKEN_OVER))
    row.save(update_fields=[*TAKEN_OVER, "updated_at"])
    record(row, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    sighting.status, sighting.date, sighting.amount = seen.status, seen.date, seen.amount
    sighting.save(update_fields=["status", "date", "amount", "updated_at"])


def _known(user: User, source: str, external_id: str) -> Sighting | None:
    ids = ids_on_any_account(user, external_id)
    return Sighting.objects.for_user(user).filter(source=source, external_id__in=ids).order_by("pk").first()
