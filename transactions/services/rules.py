"""Keeping rules, and applying them to rows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from core.audit import Act, differences, entry, record, snapshot
from core.errors import DomainError, field_error
from core.models import AuditEntry
from transactions.domain.rules import Outcome, PatternError, RowFacts, RuleTerms, outcome, require_pattern
from transactions.models import Account, Category, Merchant, Rule, Tag, Transaction
from users.models import User


class RuleFields(TypedDict, total=False):
    """What can be said of a rule; amounts are sizes without a sign, in the currency of the row."""

    name: str
    position: int
    is_active: bool
    text: str
    pattern: str
    merchant: Merchant | None
    account: Account | None
    amount_min: Decimal | None
    amount_max: Decimal | None
    direction: str
    set_category: Category | None
    set_merchant: Merchant | None
    set_notes: str
    add_tags: Sequence[Tag]
    is_transfer: bool
    is_ignored: bool


FIELDS = (
    "name", "position", "is_active", "text", "pattern", "merchant", "account", "amount_min", "amount_max",
    "direction", "set_category", "set_merchant", "set_notes", "add_tags", "is_transfer", "is_ignored",
)  # fmt: skip
MAX_RULES = 500
MAX_SLOW = 20
TRANSFER = "transfer"
BY_MACHINE = {"rules", "sighting", "sightings", "import_undone", "split_off", "deleted"}
"""What an entry of the audit trail names where its other changes are not the person's own."""

COLUMN = {"category": "category_id", "merchant": "merchant_id"}


@dataclass(frozen=True, slots=True)
class Change:
    """What rules change on one row: per field the value before and after."""

    row: Transaction
    changes: dict[str, list[object]]
    tags: frozenset[str]
    rules: tuple[str, ...]


@transaction.atomic
def create_rule(user: User, *, act: Act, **fields: Unpack[RuleFields]) -> Rule:
    """A rule, the last in order unless its position is given; 409 ``RULE_LIMIT_EXCEEDED`` over 500."""
    mine = Rule.objects.for_user(user)
    if mine.count() >= MAX_RULES:
        raise DomainError(
            f"You can have at most {MAX_RULES} rules.",
            code="RULE_LIMIT_EXCEEDED",
            details={"max_count": MAX_RULES},
        )
    last = mine.aggregate(last=Max("position"))["last"]
    rule = Rule(user=user, position=(last or 0) + 1)
    assign_rule(rule, fields)
    tags = fields.get("add_tags", ())
    check_rule(rule, tags)
    rule.save(force_insert=True)
    rule.add_tags.set(tags)
    record(rule, act=act, action=AuditEntry.Action.CREATED)
    return rule


@transaction.atomic
def update_rule(rule: Rule, *, act: Act, **fields: Unpack[RuleFields]) -> Rule:
    """Change a rule; rows that it changed before stay as they are."""
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    before = snapshot(rule, FIELDS)
    assign_rule(rule, fields)
    check_rule(rule, fields["add_tags"] if "add_tags" in fields else list(rule.add_tags.all()))
    rule.save()
    if "add_tags" in fields:
        rule.add_tags.set(fields["add_tags"])
    changes = differences(before, snapshot(rule, FIELDS))
    if changes:
        record(rule, act=act, action=AuditEntry.Action.UPDATED, changes=changes)
    return rule


@transaction.atomic
def delete_rule(rule: Rule, *, act: Act) -> None:
    """Forget a rule and its runs; rows that it changed stay as they are."""
    record(rule, act=act, action=AuditEntry.Action.DELETED, changes=snapshot(rule, FIELDS))
    rule.delete()


def assign_rule(rule: Rule, fields: RuleFields) -> None:
    """Say of a rule what is given, but for its tags, which hang on a saved one."""
    for name, value in fields.items():
        if name != "add_tags":
            setattr(rule, name, value)


def check_rule(rule: Rule, tags: Sequence[Tag]) -> None:
    """A validation error where a rule has no condition, nothing to do, or a pattern that is none."""
    if rule.pattern:
        try:
            require_pattern(rule.pattern)
        except PatternError as exc:
            raise field_error("pattern", f"This is no regular expression: {exc}.", "invalid_pattern") from exc
    acts = (
        rule.set_category_id,
        rule.set_merchant_id,
        rule.set_notes,
        rule.is_transfer,
        rule.is_ignored,
        tags,
    )
    if not any(acts):
        raise field_error("set_category", "A rule needs something to do.", "required")
    # Related rows were looked up among the person's own; the constraints are about them too.
    rule.clean_fields(exclude=["user", "merchant", "account", "set_category", "set_merchant"])
    rule.validate_constraints(exclude=["user"])


def active_rules(user: User) -> list[RuleTerms]:
    """The person's rules that are on, in their order."""
    rules = Rule.objects.for_user(user).filter(is_active=True).order_by("position", "id")
    return [terms_of(rule) for rule in rules.prefetch_related("add_tags")]


def terms_of(rule: Rule, tags: Iterable[Tag] | None = None) -> RuleTerms:
    """A rule in plain values; ``tags`` in place of those that are saved."""
    return RuleTerms(
        key=rule.name,
        text=rule.text,
        pattern=rule.pattern,
        merchant=_text(rule.merchant_id),
        account=_text(rule.account_id),
        least=rule.amount_min,
        most=rule.amount_max,
        direction=rule.direction,
        set_category=_text(rule.set_category_id),
        set_merchant=_text(rule.set_merchant_id),
        set_notes=rule.set_notes,
        add_tags=frozenset(str(tag.pk) for tag in (rule.add_tags.all() if tags is None else tags)),
        is_transfer=rule.is_transfer,
        is_ignored=rule.is_ignored,
    )


def changes_by_rules(
    user: User, rows: "QuerySet[Transaction] | Sequence[Transaction]", rules: Sequence[RuleTerms]
) -> list[Change]:
    """What the rules would change; what a person chose for a row is never among it."""
    if not rules:
        return []
    page = list(rows)
    transfer = str(Category.objects.for_user(user).get(code=TRANSFER).pk)
    have: dict[UUID, set[str]] = {}
    links = Transaction.tags.through.objects.filter(transaction__in=page)
    for row_id, tag_id in links.values_list("transaction_id", "tag_id"):
        have.setdefault(row_id, set()).add(str(tag_id))
    chosen = _chosen(page)
    found = (
        _change(row, asked, transfer, have.get(row.pk, set()), chosen.get(row.pk, set()))
        for row, asked in _outcomes(rules, page)
    )
    return [change for change in found if change.changes or change.tags]


def _outcomes(
    rules: Sequence[RuleTerms], page: Sequence[Transaction]
) -> Iterator[tuple[Transaction, Outcome]]:
    """What the rules ask for each row; one whose pattern was too slow so many times is asked no more."""
    slow: Counter[str] = Counter()
    for row in page:
        asked = outcome(rules, _facts(row))
        slow.update(asked.slow)
        if asked.slow:
            rules = [rule for rule in rules if slow[rule.key] < MAX_SLOW]
        yield row, asked


@transaction.atomic
def apply_rules(
    user: User, rows: "QuerySet[Transaction]", *, act: Act, rules: Sequence[RuleTerms]
) -> list[Change]:
    """Change the rows as the rules ask; returns what was changed."""
    if not rules:
        return []
    found = changes_by_rules(user, rows.select_for_update(of=("self",)), rules)
    for change in found:
        for name, (_, after) in change.changes.items():
            setattr(change.row, COLUMN.get(name, name), after)
        if "category" in change.changes:
            _say_why(change)
        change.row.updated_at = act.at
    columns = [
        "category", "category_source", "category_confidence", "category_reason", "merchant", "notes",
        "is_ignored", "updated_at",
    ]  # fmt: skip
    Transaction.objects.bulk_update([change.row for change in found], columns, batch_size=200)
    through = Transaction.tags.through
    links = [
        through(transaction_id=change.row.pk, tag_id=tag) for change in found for tag in sorted(change.tags)
    ]
    through.objects.bulk_create(links, ignore_conflicts=True)
    AuditEntry.objects.bulk_create(
        [
            entry(change.row, act=act, action=AuditEntry.Action.UPDATED, changes=shown(change))
            for change in found
        ],
        batch_size=500,
    )
    return found


def shown(change: Change) -> dict[str, list[object]]:
    """A change as the audit trail and a preview tell it."""
    told = {**change.changes, "rules": list[object](change.rules)}
    return told | {"tags": [[], sorted(change.tags)]} if change.tags else told


def _facts(row: Transaction) -> RowFacts:
    return RowFacts(
        description=row.description,
        amount=row.amount,
        merchant=_text(row.merchant_id),
        account=str(row.account_id),
    )


def _chosen(page: Sequence[Transaction]) -> dict[UUID, set[str]]:
    """Which fields of these rows a person has set by hand, as the audit trail has it; a category says so itself."""
    entries = AuditEntry.objects.filter(
        object_id__in=[row.pk for row in page], via__in=[AuditEntry.Via.API, AuditEntry.Via.ADMIN]
    )
    found: dict[UUID, set[str]] = {}
    for row_id, changes in entries.exclude(changes={}).values_list("object_id", "changes"):
        if not BY_MACHINE & changes.keys():
            found.setdefault(row_id, set()).update(changes.keys() - {"category"})
    return found


def _change(row: Transaction, asked: Outcome, transfer: str, tags: set[str], chosen: set[str]) -> Change:
    changes: dict[str, list[object]] = {}
    category = transfer if asked.is_transfer else asked.category
    is_own_choice = row.category_source == Transaction.CategorySource.MANUAL
    if category and not is_own_choice and category != str(row.category_id):
        changes["category"] = [str(row.category_id), category]
    if asked.merchant and asked.merchant != _text(row.merchant_id):
        changes["merchant"] = [_text(row.merchant_id), asked.merchant]
    if asked.notes and not row.notes:
        changes["notes"] = ["", asked.notes]
    if asked.is_ignored and not row.is_ignored:
        changes["is_ignored"] = [False, True]
    for name in chosen:
        changes.pop(name, None)
    return Change(row, changes, frozenset() if "tags" in chosen else asked.tags - tags, asked.fired)


def _say_why(change: Change) -> None:
    row = change.row
    row.category_source = Transaction.CategorySource.RULE
    row.category_confidence = Decimal(1)
    row.category_reason = f"Your rule “{change.rules[0]}” says so."[:200]


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
