from ingest.domain.account_numbers import (
    account_in_file_name,
    account_labelled,
    iban_within,
    is_iban,
    looks_like_iban,
    normal_account_number,
)


def test_an_iban_is_known_by_its_check_digits():
    assert is_iban("DE89 3704 0044 0532 0130 00")
    assert not is_iban("DE88370400440532013000")
    assert looks_like_iban("DE88370400440532013000")
    assert not looks_like_iban("INVOICE 2018")


def test_an_iban_is_found_in_running_text():
    assert iban_within("Account DE89 3704 0044 0532 0130 00 EUR") == "DE89370400440532013000"
    assert iban_within("Account DE00 3704 0044 0532 0130 00") is None


def test_blanks_are_taken_from_ibans_only():
    assert normal_account_number("DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    assert normal_account_number("51_5  4400 7700") == "51_5 4400 7700"


def test_a_label_announces_an_account_number():
    assert account_labelled("Kontonummer:", "DE89370400440532013000 / Girokonto") == "DE89370400440532013000"
    assert account_labelled("Account number", "12345678") == "12345678"
    assert account_labelled("Account name", "Everyday") is None
    assert account_labelled("Balance", "12345678") is None


def test_a_file_name_states_an_account_only_in_so_many_words():
    assert account_in_file_name("Umsaetze_KtoNr538917600_EUR.csv") == "538917600"
    assert account_in_file_name("export_DE89370400440532013000_2026.csv") == "DE89370400440532013000"
    assert account_in_file_name("report_123456_87654321.csv") is None
