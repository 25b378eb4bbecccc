"""Operations are called and headed as a person would do it."""

import pytest

from core.schema.wording import heading_and_text, operation_id, title, words_of


@pytest.mark.parametrize(
    ("words", "action", "name"),
    [
        (["transactions"], "list", "transactions_list"),
        (["transactions", "bulk", "create"], None, "transactions_bulk_create"),
        (["transactions", "export.csv"], None, "transactions_export_csv"),
        (["budgets", "calendar", "calendar.svg"], None, "budgets_calendar_svg"),
        (["payment-plans", "schedule.ics"], None, "payment_plans_schedule_ics"),
        (["goals", "check-ins"], "create", "goals_check_ins_create"),
    ],
)
def test_an_operation_is_called_after_its_address(words, action, name):
    assert operation_id(words=words, action=action) == name


def test_a_standard_action_has_a_heading_of_its_noun():
    assert title("list", singular="account", plural="accounts") == "List accounts"
    assert title("create", singular="account", plural="accounts") == "Create an account"
    assert title("destroy", singular="tag", plural="tags") == "Delete a tag"


def test_the_first_sentence_is_the_heading_and_the_rest_the_text():
    assert heading_and_text("Sign in.") == ("Sign in", "")
    assert heading_and_text("Tell of a\npurchase. It joins a row.\n\nWhat is gone stays gone.") == (
        "Tell of a purchase",
        "It joins a row.\n\nWhat is gone stays gone.",
    )
    assert heading_and_text("An interval of 80 %, e.g. from 1.5 to 2; no more") == (
        "An interval of 80 %, e.g. from 1.5 to 2; no more",
        "",
    )


def test_a_class_has_a_name_in_words():
    assert words_of("BudgetSettings") == "budget settings"
