"""Typed entries: a new row, or a person's word on one that the ledger has from elsewhere."""

from collections.abc import Sequence
from typing import Unpack, cast

from django.db import transaction

from core.audit import Act, record
from core.models import AuditEntry
from transactions.categoriser import merchant_key
from transactions.domain.incoming import IncomingRow
from transactions.domain.matching import Match
from transactions.domain.rules import RuleTerms
from transactions.models import Account, Sighting, Transaction
from transactions.services.evidence import Origin, match_rows, new_sighting
from transactions.services.external_ids import require_new_external_id
from transactions.services.ledger import (
    RowChanges,
    RowFields,
    record_transaction,
    update_transaction,
)
from users.models import User

TYPED = Origin(Transaction.Source.MANUAL)
LEAST_SCORE = 80
"""A typed entry joins a row only where its text is alike: who types nothing more may mean anything."""

OWN_WORDS = ("category", "notes", "tags", "splits", "merchant", "is_ignored")


@transaction.atomic
def enter_transaction(
    user: User,
    *,
    act: Act,
    account: Account,
    is_separate: bool = False,
    rules: Sequence[RuleTerms] | None = None,
    **fields: Unpack[RowFields],
) -> tuple[Transaction, bool]:
    """A typed entry; returns its row and whether that is new.

    Where a machine brought the same purchase before, the entry joins that row: what the person says of category,
    notes, tags and parts holds, and of the account where no source knew it; the bank's day and amount stay.
    ``is_separate`` says that it is another purchase.
    409 ``EXTERNAL_ID_EXISTS`` for an external id that came before.
    """
    seen = _incoming(fields, account)
    # Two entries at once would both find the row free.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if fields.get("external_id"):
        known_as = f"{account.pk.hex}:{fields['external_id']}"
        require_new_external_id(user.pk, source=TYPED.source, known_as=known_as)
    match = (
        None if is_separate else match_rows(user, [seen], origin=TYPED, account=account).get(seen.external_id)
    )
    if match is None or match.score < LEAST_SCORE:
        return record_transaction(user, act=act, account=account, rules=rules, **fields), True
    return _join(user, seen, match, fields, account=account, act=act), False


def _join(
    user: User, seen: IncomingRow, match: Match, fields: RowFields, *, account: Account, act: Act
) -> Transaction:
    row = Transaction.objects.for_user(user).select_related("account").get(pk=match.row)
    sighting = new_sighting(
        user,
        seen,
        origin=TYPED,
        account=account,
        transaction_id=row.pk,
        link=Sighting.Link.MATCHED,
        score=match.score,
        reasons=list(match.reasons),
    )
    if not fields.get("external_id"):
        sighting.external_id = sighting.pk.hex
    sighting.save(force_insert=True)
    record(row, act=act, action=AuditEntry.Action.UPDATED, changes={"sighting": [None, str(sighting.pk)]})
    words = {name: value for name, value in fields.items() if name in OWN_WORDS and value}
    said = cast("RowChanges", words)
    if row.account.kind == Account.Kind.UNASSIGNED:
        said["account"] = account
    return update_transaction(row, act=act, **said) if said else row


def _incoming(fields: RowFields, account: Account) -> IncomingRow:
    merchant, text = fields.get("merchant"), fields.get("description", "")
    return IncomingRow(
        external_id=fields.get("external_id") or "",
        date=fields["date"],
        time=fields.get("time"),
        amount=fields["amount"],
        currency=fields.get("currency") or account.currency,
        description=text,
        status=fields.get("status") or Transaction.Status.POSTED,
        merchant_key=merchant.key if merchant else merchant_key(text),
    )
