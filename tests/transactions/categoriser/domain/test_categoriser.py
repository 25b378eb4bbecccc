from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.categoriser.domain.categoriser import Categoriser, Source
from transactions.categoriser.domain.dictionary import Brand, Dictionary, Keywords, MccMeaning, WordHint

CATEGORISER = Categoriser(
    Dictionary.of(
        brands=[
            (Brand("Rewe", "groceries", "de at"), ["rewe"]),
            (Brand("Shell", "fuel", ""), ["shell"]),
            (Brand("Coop", "groceries", "ch se"), ["coop"]),
            (Brand("Coop Pank", "savings", "ee"), ["coop"]),
            (Brand("Tesco", "groceries", "gb"), ["tesco"]),
            (Brand("Tesco Petrol", "fuel", "gb"), ["tesco", "tesco pfs"]),
            (Brand("Musterkette Backwaren", "bakery-sweets", "de"), ["musterkette backwaren"]),
            (Brand("Uber", "taxi", ""), ["uber"]),
            (Brand("Uber Eats", "fast-food", ""), ["uber eats"]),
            (Brand("Filmabend", "streaming", ""), ["filmabend"]),
            (Brand("Continental Motors", "car-maintenance", ""), ["continental"]),
            (Brand("Otto", "department-store", "de"), ["otto"]),
            (Brand("Landwerke", "electricity", ""), ["landwerke"]),
            (Brand("Nordbahn Betriebe", "public-transport", "de"), ["nbb"]),
            (Brand("Neustadt Busbetriebe", "public-transport", "de"), ["nbb"]),
        ],
        hints={"vello": WordHint("sports-gear", 82, 4), "rent": WordHint("car-rental", 94, 21)},
        mcc={"5541": MccMeaning("fuel", "Service stations"), "5912": MccMeaning("pharmacy", "Drug stores")},
        keywords=Keywords.of(
            {
                "pharmacy": {"de": ["apotheke"], "en": ["pharmacy"]},
                "salary": {"de": ["gehalt"], "en": ["salary"]},
                "interest": {"en": ["interest"]},
                "bank-fees": {"en": ["interest", "fee"]},
                "cash-withdrawal": {"en": ["atm"]},
                "refunds": {"de": ["gutschrift"]},
                "transfer": {"fr": ["vir sepa"]},
                "rent": {"fr": ["loyer"], "en": ["rent"]},
                "utilities": {"de": ["abschlag"]},
                "gas": {"de": ["gas"]},
                "fuel": {"en-us": ["gas"], "en": ["station"]},
                "electricity": {"de": ["strom"]},
            }
        ),
    )
)


def categorise(description, **facts):
    return CATEGORISER.categorise(description=description, **facts)


def test_a_known_brand_is_named_and_explained():
    verdict = categorise("REWE SAGT DANKE 1234", amount=Decimal("-12.30"), country="DE")

    assert (verdict.merchant_key, verdict.merchant_name, verdict.category) == ("rewe", "Rewe", "groceries")
    assert verdict.source is Source.DICTIONARY
    assert verdict.confidence >= Decimal("0.90")
    assert verdict.reason == "“REWE SAGT DANKE 1234” is Rewe, a grocery shop."


def test_a_correction_comes_before_everything_and_may_be_any_string():
    corrections = {"rewe": "0198c0de-5a7e"}

    verdict = categorise("REWE 0815 KASSEL", corrections=corrections)

    assert (verdict.category, verdict.source, verdict.confidence) == (
        "0198c0de-5a7e",
        Source.CORRECTION,
        Decimal("1.00"),
    )
    assert verdict.reason == "You chose this category for Rewe before."


def test_a_correction_of_an_unknown_merchant_is_found_by_its_key():
    first = categorise("QUORBLAX 12 KASSEL")

    again = categorise("SumUp *Quorblax", corrections={"quorblax": "gifts"})

    assert first.category == "uncategorised"
    assert again.category == "gifts"


def test_corrections_of_one_person_do_not_reach_another():
    categorise("SHELL 22", corrections={"shell": "gifts"})

    assert categorise("SHELL 22").category == "fuel"


def test_a_brand_does_not_fire_inside_another_word():
    assert categorise("SHELLEY'S COTTAGE").source is Source.NONE


def test_the_longest_name_wins():
    assert categorise("UBER *EATS HELP.UBER.COM").merchant_name == "Uber Eats"


def test_a_name_cut_at_22_letters_is_found():
    verdict = categorise("MUSTERKETTE BACKWAREN"[:17])

    assert verdict.category == "bakery-sweets"
    assert "looks like the beginning of Musterkette Backwaren" in verdict.reason


def test_the_persons_country_chooses_between_brands_of_one_name():
    assert categorise("COOP 2231", country="SE").category == "groceries"
    assert categorise("COOP 2231", country="EE").category == "savings"


def test_a_brand_of_another_country_is_less_sure():
    assert categorise("TESCO 12", country="BG").confidence < categorise("REWE 12", country="DE").confidence


def test_the_card_networks_code_chooses_between_meanings_of_one_name():
    assert categorise("TESCO 3345", country="GB").category == "groceries"
    assert categorise("TESCO 3345", country="GB", mcc="5541").category == "fuel"


def test_a_code_that_contradicts_the_brand_lowers_confidence():
    assert categorise("REWE 12", mcc="5912").confidence < categorise("REWE 12").confidence


def test_an_unknown_shop_is_known_by_its_code():
    verdict = categorise("QUORBLAX 12", mcc="5912")

    assert (verdict.category, verdict.source) == ("pharmacy", Source.MCC)
    assert verdict.reason == "The card network files this shop under 5912: Drug stores."


def test_a_keyword_may_end_a_german_compound():
    assert categorise("ADLERAPOTHEKE DR. BEISPIEL").category == "pharmacy"


def test_a_word_that_brands_share_answers_last():
    verdict = categorise("VELLO BRANDT")

    assert (verdict.category, verdict.source) == ("sports-gear", Source.KEYWORD)


def test_a_keyword_beats_a_word_that_brands_share():
    verdict = categorise("RENT SEPTEMBER MAPLE STREET 14")

    assert verdict.category == "rent"
    assert verdict.reason == "The text says “rent”, which points to “Rent”."


def test_a_brand_at_the_beginning_beats_a_longer_one_inside():
    assert categorise("FILMABEND CONTINENTAL ABO SEPTEMBER").merchant_name == "Filmabend"


@pytest.mark.parametrize(
    "description",
    ["REWE AG BAHNHOFSTRASSE UND PARKPLATZ", "REWE Deutschland Obst und Blumen", "REWE REWE SAGT DANKE"],
)
def test_what_stands_behind_a_firms_name_does_not_make_it_less_sure(description):
    assert categorise(description, country="DE").confidence >= Decimal("0.90")


def test_a_given_name_with_a_family_name_is_a_person_not_a_shop():
    assert categorise("OTTO MEIER", country="DE").source is Source.NONE
    assert categorise("OTTO 0815", country="DE").category == "department-store"


def test_a_word_of_two_meanings_is_read_in_the_persons_language():
    assert categorise("GAS", country="DE").category == "gas"
    assert categorise("GAS", country="US").category == "fuel"


def test_a_word_of_two_meanings_is_read_as_its_neighbours_suggest():
    assert categorise("ABSCHLAG GAS", country="US").category == "gas"


def test_one_detail_narrows_a_general_word_and_two_do_not():
    assert categorise("ABSCHLAG STROM").category == "electricity"
    assert categorise("ABSCHLAG STROM GAS").category == "utilities"


def test_a_utility_bills_what_the_text_says():
    verdict = categorise("LANDWERKE ABSCHLAG GAS")

    assert (verdict.merchant_name, verdict.category) == ("Landwerke", "gas")


def test_a_short_name_of_two_firms_is_told_apart_by_the_text_or_left_as_printed():
    assert categorise("NBB NEUSTADT", country="DE").merchant_name == "Neustadt Busbetriebe"
    assert categorise("NBB 4711", country="DE").merchant_name == "NBB"


def test_a_brand_inside_the_text_names_the_merchant_only_with_the_category():
    verdict = categorise("APOTHEKE CONTINENTAL")

    assert (verdict.merchant_key, verdict.category) == ("apotheke continental", "pharmacy")


def test_salary_words_count_only_for_money_coming_in():
    assert categorise("GEHALT MAERZ", amount=Decimal(2500)).category == "salary"
    assert categorise("GEHALT MAERZ", amount=Decimal(-2500)).category == "uncategorised"


def test_salary_from_a_shop_is_salary():
    assert categorise("REWE MARKT GEHALT", amount=Decimal(2500)).category == "salary"


def test_interest_is_income_or_a_fee_by_its_sign():
    assert categorise("INTEREST", amount=Decimal(1)).category == "interest"
    assert categorise("INTEREST", amount=Decimal(-1)).category == "bank-fees"


@pytest.mark.parametrize("description", ["REWE 12", "REWE MARKT GUTSCHRIFT"])
def test_money_back_from_a_shop_stays_in_the_shops_category(description):
    verdict = categorise(description, amount=Decimal(12), country="DE")

    assert verdict.category == "groceries"
    assert verdict.reason.endswith("Money came back, so it counts against that category.")


def test_cash_drawn_at_a_shop_is_cash():
    assert categorise("ATM REWE 0012").category == "cash-withdrawal"


def test_how_it_was_paid_says_less_than_what_for():
    assert categorise("VIR SEPA LOYER MARS").category == "rent"


@pytest.mark.parametrize("description", ["", "0000123", "QUORBLAX", "***"])
def test_the_unsure_answer_is_uncategorised(description):
    verdict = categorise(description)

    assert (verdict.category, verdict.source) == ("uncategorised", Source.NONE)


@given(
    st.text(max_size=80),
    st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "DE", "gb", "??"]),
    st.none() | st.sampled_from(["5541", "9999", "x"]),
)
def test_any_text_gets_a_verdict_with_a_bounded_confidence(description, amount, country, mcc):
    verdict = categorise(description, amount=amount, country=country, mcc=mcc)

    assert 0 <= verdict.confidence <= 1
    assert verdict.confidence.as_tuple().exponent == -2
    assert verdict.reason
