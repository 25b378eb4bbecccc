"""Rules: what a person wants done with rows of a kind.

All conditions of a rule have to hold. Rules are asked in their order, and of two that set the same thing the
earlier one wins; tags of all of them are added. Sizes are in the currency of the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

PATTERN_SECONDS = 0.05
"""How long one regular expression may look at one description; one that takes longer does not fit."""


class PatternError(ValueError):
    """A regular expression that cannot be understood."""


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """A rule in plain values: empty or None is a condition that is not made, or an act that is not asked for."""

    key: str
    text: str = ""
    pattern: str = ""
    merchant: str | None = None
    account: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    direction: str = ""
    set_category: str | None = None
    set_merchant: str | None = None
    set_notes: str = ""
    add_tags: frozenset[str] = frozenset()
    is_transfer: bool = False
    is_ignored: bool = False


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What rules look at; ``amount`` is signed, outflow negative."""

    description: str
    amount: Decimal
    merchant: str | None
    account: str


@dataclass(slots=True)
class Outcome:
    """What the rules ask for, which of them (``fired``, by key) had a part in it, and whose pattern took too long."""

    category: str | None = None
    category_by: str | None = None
    merchant: str | None = None
    notes: str = ""
    tags: frozenset[str] = frozenset()
    is_transfer: bool = False
    is_ignored: bool = False
    fired: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()


def outcome(rules: Sequence[RuleTerms], row: RowFacts) -> Outcome:
    """What the rules, in their order, ask to be done with a row."""
    found = Outcome()
    for rule in rules:
        try:
            if not _holds(rule, row):
                continue
        except TimeoutError:
            found.slow += (rule.key,)
            continue
        is_placed = found.category is not None or found.is_transfer
        if not is_placed and (rule.set_category or rule.is_transfer):
            found.category, found.is_transfer, found.category_by = (
                rule.set_category,
                rule.is_transfer,
                rule.key,
            )
        found.merchant = found.merchant or rule.set_merchant
        found.notes = found.notes or rule.set_notes
        found.tags |= rule.add_tags
        found.is_ignored = found.is_ignored or rule.is_ignored
        found.fired += (rule.key,)
    return found


def fits(rule: RuleTerms, row: RowFacts) -> bool:
    """Whether all of the rule's conditions hold; a pattern that takes too long does not."""
    try:
        return _holds(rule, row)
    except TimeoutError:
        return False


def _holds(rule: RuleTerms, row: RowFacts) -> bool:
    """Cheap conditions are asked first; raises ``TimeoutError``."""
    size = abs(row.amount)
    return (
        (rule.merchant is None or rule.merchant == row.merchant)
        and (rule.account is None or rule.account == row.account)
        and (not rule.direction or (rule.direction == "in") == (row.amount > 0))
        and (rule.least is None or size >= rule.least)
        and (rule.most is None or size <= rule.most)
        and (not rule.text or rule.text.casefold() in row.description.casefold())
        and (not rule.pattern or _is_found(rule.pattern, row.description))
    )


def require_pattern(pattern: str) -> None:
    """Raises ``PatternError`` with the reason where a regular expression is not one."""
    try:
        regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as exc:
        raise PatternError(str(exc)) from exc


def _is_found(pattern: str, text: str) -> bool:
    return regex.search(pattern, text, flags=regex.IGNORECASE, timeout=PATTERN_SECONDS) is not None
