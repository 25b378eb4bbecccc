from ingest.domain.currency_marks import currency_named, currency_within, is_currency_mark


def test_codes_and_signs_of_one_currency_are_named():
    assert currency_named("eur") == "EUR"
    assert currency_named("£") == "GBP"
    assert currency_named("Kč") == "CZK"
    assert currency_named("лв.") == "BGN"


def test_signs_of_several_currencies_are_marks_but_name_none():
    assert is_currency_mark("$")
    assert currency_named("$") is None
    assert currency_named("kr") is None


def test_a_single_code_in_a_text_is_its_currency():
    assert currency_within("Betrag (EUR)") == "EUR"
    assert currency_within("EUR to USD") is None
    assert currency_within("EUROPE FOR ALL") is None
