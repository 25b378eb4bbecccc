import pytest

from tests.ingest.adapters.csv.reading import Read, money, read


def doubts(found: Read) -> list[str]:
    return [problem.message for problem in found.problems if problem.line is None]


def test_a_falling_balance_proves_an_inverted_sign():
    found = read(
        "Date,Text,Amount,Balance\n2026-03-01,A,10.00,90.00\n2026-03-02,B,5.00,85.00\n2026-03-03,C,-15.00,100.00\n"
    )

    assert found.amounts == money("-10.00", "-5.00", "15.00")
    assert found.reading.layout["sign"] == {"value": "inverted", "confidence": 0.97}


def test_the_balance_gives_a_sign_to_amounts_without_one():
    oldest_first = read(
        "Date,Text,Amount,Balance\n2026-03-01,A,100.00,100.00\n2026-03-02,B,10.00,90.00\n2026-03-03,C,50.00,140.00\n"
        "2026-03-04,D,40.00,100.00\n"
    )
    newest_first = read(
        "Date,Text,Amount,Balance\n2026-03-04,D,40.00,100.00\n2026-03-03,C,50.00,140.00\n2026-03-02,B,10.00,90.00\n"
        "2026-03-01,A,100.00,100.00\n"
    )

    assert oldest_first.amounts == money("100.00", "-10.00", "50.00", "-40.00")
    assert newest_first.amounts == money("-40.00", "50.00", "-10.00", "100.00")


@pytest.mark.parametrize(
    ("out", "into"),
    [("D", "C"), ("DBIT", "CRDT"), ("S", "H"), ("-", "+"), ("Af", "Bij"), ("debit", "credit")],
)
def test_words_of_direction_in_a_column_without_a_name(out: str, into: str):
    found = read(f"2026-03-01,Shop,10.00,{out}\n2026-03-02,Work,20.00,{into}\n2026-03-03,Shop,5.00,{out}\n")

    assert found.amounts == money("-10.00", "20.00", "-5.00")


def test_a_lone_cr_marks_the_inflow_among_outflows():
    found = read("Date,Text,Amount,\n2026-03-01,Shop,10.00,\n2026-03-02,Paid,20.00,CR\n")

    assert found.amounts == money("-10.00", "20.00")


def test_cr_and_plus_within_the_amount_mark_the_inflow_too():
    found = read(
        "Date,Text,Amount\n2026-03-01,Shop,10.00\n2026-03-02,Paid,20.00 CR\n2026-03-03,Shop,+ 5.00\n"
    )

    assert found.amounts == money("-10.00", "20.00", "5.00")
    assert found.part("sign") == "unmarked_out"


def test_an_unknown_word_of_direction_rejects_its_row():
    found = read("Date,Text,Amount,D/C\n" + "2026-03-01,Shop,10.00,D\n" * 12 + "2026-03-02,Odd,20.00,Q\n")

    assert len(found.rows) == 12
    assert found.rejected[0].message == "Column 'D/C': 'Q' says neither in nor out"


def test_debits_that_are_negative_already_stay_so():
    found = read("Date,Text,Debit,Credit\n2026-03-01,Shop,-10.00,\n2026-03-02,Work,,20.00\n")

    assert found.amounts == money("-10.00", "20.00")
    assert found.part("sign") == "debit_credit_as_written"


def test_an_amount_that_repeats_debit_and_credit_is_counted_once():
    found = read(
        "Date,Text,Amount,Credit,Debit\n2026-03-01,Shop,-10.00,,-10.00\n2026-03-02,Work,20.00,20.00,\n"
    )

    assert found.amounts == money("-10.00", "20.00")


def test_money_in_and_out_without_names_is_told_by_what_the_rows_say():
    found = read(
        "01.03.2026;Supermarket;;10,00\n02.03.2026;Salary;2000,00;\n03.03.2026;Card fee;;1,00\n"
        "14.03.2026;Interest;3,00;\n15.03.2026;Restaurant;;30,00\n"
    )

    assert found.amounts == money("-10.00", "2000.00", "-1.00", "3.00", "-30.00")


def test_purchases_without_a_sign_on_a_card_go_out_and_the_doubt_is_told():
    found = read("Date,Text,Amount\n2026-03-01,Bookshop,10.00\n", filename="visa-march.csv")

    assert found.amounts == money("-10.00")
    assert found.reading.layout["sign"]["confidence"] < 0.65
    assert len(doubts(found)) == 1


def test_ordinary_payments_do_not_invert_an_account():
    found = read("Date,Text,Amount\n2026-03-01,Online payment to a friend,-10.00\n2026-03-02,Lottery,20.00\n")

    assert found.amounts == money("-10.00", "20.00")
    assert doubts(found) == []
