"""Rules: conditions that all hold, and acts of which the first counts."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest

from transactions.domain.rules import (
    PATTERN_SECONDS,
    Outcome,
    PatternError,
    RowFacts,
    RuleTerms,
    fits,
    outcome,
    require_pattern,
)

ROW = RowFacts(
    description="REWE SAGT DANKE 4711 Köln", amount=Decimal("-12.50"), merchant="rewe", account="giro"
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"text": "sagt danke"}, True),
        ({"text": "KÖLN"}, True),
        ({"text": "aldi"}, False),
        ({"pattern": r"^rewe .* \d{4}"}, True),
        ({"pattern": r"^danke"}, False),
        ({"merchant": "rewe"}, True),
        ({"merchant": "aldi"}, False),
        ({"account": "giro"}, True),
        ({"account": "visa"}, False),
        ({"least": Decimal("12.50"), "most": Decimal("12.50")}, True),
        ({"least": Decimal("12.51")}, False),
        ({"most": Decimal("12.49")}, False),
        ({"direction": "out"}, True),
        ({"direction": "in"}, False),
        ({"merchant": "rewe", "direction": "in"}, False),
    ],
)
def test_all_conditions_have_to_hold(condition, holds):
    assert fits(RuleTerms("rule", **condition), ROW) is holds


def test_of_two_rules_the_earlier_one_wins_and_tags_add_up():
    rules = [
        RuleTerms("a", text="rewe", set_category="groceries", add_tags=frozenset({"food"})),
        RuleTerms("b", text="danke", set_category="gifts", set_notes="Thanks", add_tags=frozenset({"shop"})),
        RuleTerms("c", text="rewe", is_transfer=True, is_ignored=True, set_merchant="m", set_notes="Again"),
        RuleTerms("d", text="aldi", set_merchant="other"),
    ]

    assert outcome(rules, ROW) == Outcome(
        category="groceries",
        category_by="a",
        merchant="m",
        notes="Thanks",
        tags=frozenset({"food", "shop"}),
        is_transfer=False,
        is_ignored=True,
        fired=("a", "b", "c"),
    )


def test_a_transfer_is_a_place_of_its_own():
    rules = [RuleTerms("a", text="rewe", is_transfer=True), RuleTerms("b", text="rewe", set_category="gifts")]

    found = outcome(rules, ROW)

    assert (found.category, found.is_transfer, found.category_by) == (None, True, "a")


def test_a_pattern_that_takes_too_long_does_not_fit():
    hostile = RuleTerms("rule", pattern=r"^(a|a|aa)+$")
    began = time.perf_counter()

    assert not fits(hostile, replace(ROW, description="a" * 60 + "!"))
    assert time.perf_counter() - began < 20 * PATTERN_SECONDS


@pytest.mark.parametrize("pattern", ["(", "[a", "*", r"(?P<x>a)(?P<x", "a{99999999999999}"])
def test_a_pattern_that_is_none_is_refused(pattern):
    with pytest.raises(PatternError):
        require_pattern(pattern)


def test_a_rule_with_a_slow_pattern_is_named_and_the_others_count():
    rules = [
        RuleTerms("slow", pattern=r"^(a|a|aa)+$", set_category="gifts"),
        RuleTerms("quick", text="a", set_category="groceries"),
    ]

    found = outcome(rules, replace(ROW, description="a" * 60 + "!"))

    assert (found.category, found.fired, found.slow) == ("groceries", ("quick",), ("slow",))
