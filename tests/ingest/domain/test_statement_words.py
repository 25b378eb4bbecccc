from ingest.domain.statement_words import (
    is_balance_line,
    is_card_payment,
    is_inflow_word,
    is_outflow_word,
    is_pending_word,
    is_void_word,
    opens_balance_line,
    speaks_of_a_credit_card,
)


def test_directions_in_many_languages():
    assert all(map(is_outflow_word, ["D", "DBIT", "Debit", "Af", "S", "-", "Débit", "Разход", "Obciążenie"]))
    assert all(map(is_inflow_word, ["C", "CRDT", "Credit", "Bij", "H", "+", "Crédit", "Приход", "Uznanie"]))
    assert not is_outflow_word("Groceries")


def test_states():
    assert is_pending_word("PENDING")
    assert is_pending_word("Umsatz vorgemerkt")
    assert not is_pending_word("Umsatz gebucht")
    assert is_void_word("Reverted")
    assert not is_void_word("COMPLETED")


def test_a_balance_line_is_told_from_a_shop_of_a_like_name():
    assert is_balance_line("Opening balance as of 01/01/2026")
    assert is_balance_line("SALDO ANTERIOR")
    assert is_balance_line("Übertrag")
    assert not is_balance_line("TOTAL 4411 LYON")
    assert not is_balance_line("Kontostandsservice der Hausbank eG")
    assert opens_balance_line("Total credits")


def test_a_payment_to_a_card_is_told_from_a_payment_made():
    assert is_card_payment("PAYMENT RECEIVED - THANK YOU", on_a_card=False)
    assert is_card_payment("AUTOPAY 1234", on_a_card=True)
    assert not is_card_payment("Online payment to a friend", on_a_card=False)


def test_surroundings_may_speak_of_a_credit_card():
    assert speaks_of_a_credit_card("export-Kreditkarte.csv")
    assert not speaks_of_a_credit_card("checking.csv")
