"""A name that neither dictionary nor words know is guessed by its looks, a person's own merchants first."""

import pytest

from tests.factories import MerchantFactory, category_of
from transactions.models import Category

BIRDS = "amsel drossel fink star meise specht kranich reiher falke adler habicht sperber milan uhu".split()  # noqa: SIM905


def test_a_name_is_guessed_by_its_looks(record):
    row = record(description="SUPERPETROL 0042")

    assert row["category_source"] == "model"
    assert row["category_reason"].startswith("It looks like other rows of Fuel and charging (")


def test_a_guess_is_no_lesson(record, alice):
    record(description="SUPERPETROL 0042")

    assert not alice.merchants.exclude(category=None).exists()


@pytest.fixture
def choirs(alice):
    own = Category.objects.create(user=alice, name="Choir", group="wants")
    taught = {
        "singkreis": own,
        "hofmarkt": category_of(alice, "groceries"),
        "turnverein": category_of(alice, "fitness"),
    }
    for kind, category in taught.items():
        for bird in BIRDS:
            MerchantFactory(user=alice, key=f"{kind} {bird}", category=category)
    return own


def test_a_name_like_those_taught_gets_the_person_s_own_category(record, choirs):
    row = record(description="SINGKREIS ZEISIG")

    assert (row["category"], row["category_source"]) == (str(choirs.pk), "model")
    assert row["category_reason"] == "It looks like merchants for which you chose this category (97 % sure)."


def test_what_one_person_taught_is_nothing_to_another(choirs, bob_api, bobs_account):
    body = {
        "account": str(bobs_account.pk),
        "date": "2026-03-10",
        "amount": "-5.00",
        "description": "SINGKREIS ZEISIG",
    }
    row = bob_api.post("/api/v1/transactions", body).json()

    assert row["category"] != str(choirs.pk)


def test_a_correction_is_carried_over_from_the_next_row_on(record, choirs, alice_api, alice):
    gifts = category_of(alice, "gifts")
    row = record(description="SINGKREIS ZEISIG")
    assert row["category"] == str(choirs.pk)

    alice_api.patch(f"/api/v1/transactions/{row['id']}", {"category": str(gifts.pk)})

    following = record(description="SINGKREIS ZEISIGE")
    assert (following["category"], following["category_source"]) == (str(gifts.pk), "model")


def test_two_persons_who_taught_the_same_names_keep_their_own_categories(
    record, choirs, bob, bob_api, bobs_account
):
    for taught in choirs.user.merchants.exclude(category=None):
        code = taught.category.code or "education"
        MerchantFactory(user=bob, key=taught.key, category=category_of(bob, code))
    body = {
        "account": str(bobs_account.pk),
        "date": "2026-03-10",
        "amount": "-5.00",
        "description": "SINGKREIS ZEISIG",
    }

    hers, his = record(description="SINGKREIS ZEISIG"), bob_api.post("/api/v1/transactions", body).json()

    assert hers["category"] == str(choirs.pk)
    assert his["category"] == str(category_of(bob, "education").pk)
