import pytest

from ingest.domain.column_roles import ColumnRole
from ingest.domain.column_vocabulary import names_something_foreign, plain, roles_of_name


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Date", ColumnRole.DATE),
        ("Buchungstag", ColumnRole.DATE),
        ("Datum zaúčtování", ColumnRole.DATE),
        ("Дата на операцията", ColumnRole.DATE),
        ("İşlem Tarihi", ColumnRole.DATE),
        ("Kirjauspäivä", ColumnRole.DATE),
        ("Wertstellung", ColumnRole.VALUE_DATE),
        ("Betrag (EUR)", ColumnRole.AMOUNT),
        ("Částka CZK", ColumnRole.AMOUNT),
        ("Transaktionsbetrag EUR", ColumnRole.AMOUNT),
        ("Paid Out (GBP)", ColumnRole.DEBIT),
        ("Crédit", ColumnRole.CREDIT),
        ("Af Bij", ColumnRole.DIRECTION),
        ("+/-", ColumnRole.DIRECTION),
        ("Running Bal.", ColumnRole.BALANCE),
        ("Währung", ColumnRole.CURRENCY),
        ("CurrencyCode", ColumnRole.CURRENCY),
        ("Kosten op verrichting", ColumnRole.FEE),
        ("Begünstigter/Zahlungspflichtiger", ColumnRole.PAYEE),
        ("Omschrijving-1", ColumnRole.DESCRIPTION),
        ("IBAN Auftraggeberkonto", ColumnRole.ACCOUNT),
        ("Transaction ID", ColumnRole.REFERENCE),
        ("#Kwota", ColumnRole.AMOUNT),
    ],
)
def test_names_in_many_languages_speak_for_their_role(name: str, role: ColumnRole):
    roles = roles_of_name(name)

    assert max(roles, key=lambda found: roles[found]) is role


@pytest.mark.parametrize(
    "name", ["Betrag (Fremdwährung)", "Originalbetrag", "Oorspr bedrag", "local_currency"]
)
def test_a_foreign_amount_or_currency_is_not_the_bookings_own(name: str):
    assert names_something_foreign(name)
    assert not roles_of_name(name).keys() & {ColumnRole.AMOUNT, ColumnRole.CURRENCY}


def test_the_account_of_a_counterparty_is_not_the_own_account():
    assert ColumnRole.ACCOUNT not in roles_of_name("IBAN payee account of the counterparty")
    assert ColumnRole.ACCOUNT not in roles_of_name("Tegenrekening")


def test_a_sentence_names_no_column():
    assert roles_of_name("This export of the account holds all the bookings up to today's date") == {}


def test_short_words_name_a_column_only_alone():
    assert roles_of_name("In")[ColumnRole.CREDIT] == 1.0
    assert ColumnRole.CREDIT not in roles_of_name("Trip in Rome")


def test_text_for_comparing_has_neither_case_nor_accents_nor_punctuation():
    assert plain("  Größe: Żółw-Ærø ") == "grosse zolw aero"
