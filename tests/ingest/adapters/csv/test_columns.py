from tests.ingest.adapters.csv.reading import money, read


def test_the_booking_date_comes_before_the_value_date():
    found = read("Value date;Booking date;Text;Amount\n28.02.2026;01.03.2026;Shop;-1,00\n")

    assert found.dates == ["2026-03-01"]
    assert found.part("columns")["value_date"] == "Value date"


def test_an_empty_date_falls_back_to_the_value_date():
    found = read("Date;Value date;Text;Amount\n13.03.2026;14.03.2026;Shop;-1,00\n;15.03.2026;Shop;-2,00\n")

    assert found.dates == ["2026-03-13", "2026-03-15"]


def test_a_row_that_ends_before_its_date_falls_back_to_the_value_date():
    found = read(
        "Value date;Text;Amount;Booking date\n13.03.2026;Shop;-1,00;14.03.2026\n15.03.2026;Shop;-2,00\n"
    )

    assert found.part("columns")["date"] == "Booking date"
    assert found.dates == ["2026-03-14", "2026-03-15"]


def test_an_account_number_beside_the_payees_bank_is_the_payees():
    found = read(
        "Date;Payee;Text;IBAN;BIC;Amount\n13.03.2026;Landlord;Rent;DE89370400440532013000;COBADEFFXXX;-500,00\n"
    )

    assert found.rows[0].account is None


def test_the_original_currency_and_amount_are_passed_over():
    found = read(
        "Date,Original amount,Original currency,Rate,Billed amount,Billing currency,Merchant\n"
        "2026-03-01,-11.00,USD,1.10,-10.00,EUR,Shop\n"
    )

    assert found.amounts == money("-10.00")
    assert found.rows[0].currency == "EUR"


def test_the_currency_may_stand_in_a_heading_a_preamble_or_a_file_name():
    assert read("Date,Text,Amount (GBP)\n2026-03-01,Shop,-1.00\n").rows[0].currency == "GBP"
    assert read("Currency,SEK\n\nDate,Text,Amount\n2026-03-01,Shop,-1.00\n").rows[0].currency == "SEK"
    assert (
        read("Date,Text,Amount\n2026-03-01,Shop,-1.00\n", filename="March_CHF_2026.csv").rows[0].currency
        == "CHF"
    )
    assert read("Date,Text,Amount\n2026-03-01,Shop,-$1.00\n").rows[0].currency is None


def test_references_that_repeat_or_merely_count_are_no_identity():
    unique = read("Transaction ID,Date,Text,Amount\nA-17,2026-03-01,Shop,-1.00\nA-18,2026-03-01,Shop,-1.00\n")
    repeated = read(
        "Transaction ID,Date,Text,Amount\nA-17,2026-03-01,Shop,-1.00\nA-17,2026-03-01,Shop,-1.00\n"
    )
    counting = read("Transaction no,Date,Text,Amount\n001,2026-03-01,Shop,-1.00\n002,2026-03-01,Shop,-1.00\n")

    assert [row.external_id for row in unique.rows] == ["A-17", "A-18"]
    assert [row.external_id for row in repeated.rows] == [None, None]
    assert [row.external_id for row in counting.rows] == [None, None]


def test_a_reference_that_repeats_far_down_is_given_once():
    rows = "".join(f"A-{number:05d},2026-03-01,Shop,-1.00\n" for number in range(4000))
    found = read("Transaction ID,Date,Text,Amount\n" + rows + "A-00003,2026-03-01,Shop,-1.00\n")

    assert found.rows[3].external_id == "A-00003"
    assert found.rows[-1].external_id is None
    assert [problem.line for problem in found.problems] == [4002]


def test_time_and_merchant_category_are_kept():
    found = read(
        "Date,Time,Name,MCC,Amount\n01/03/2026,10:15,Shop,5411,-1.00\n13/03/2026,23:59,Shop,5812,-2.00\n"
    )

    assert [str(row.time) for row in found.rows] == ["10:15:00", "23:59:00"]
    assert [row.mcc for row in found.rows] == ["5411", "5812"]


def test_a_header_in_an_unknown_language_is_still_a_header():
    found = read("Qqq;Www;Eee\n01.03.2026;Shop alpha;-12,34\n13.03.2026;Salary beta;2500,00\n")

    assert found.part("header_line") == 1
    assert found.part("columns") == {"date": "Qqq", "amount": "Eee", "description": ["Www"]}


def test_headings_of_a_summary_above_the_table_are_passed_over():
    found = read(
        "Account summary;;;\nDate;Balance;Amount;\n31.03.2026;590,00;490,00;\n\n"
        "Date;Text;Amount;Balance\n02.03.2026;Shop;-10,00;90,00\n13.03.2026;Salary;500,00;590,00\n"
        "14.03.2026;Kiosk;-1,00;589,00\n"
    )

    assert found.amounts == money("-10.00", "500.00", "-1.00")
    assert found.problems[0].line == 3


def test_balances_before_and_after_without_names():
    found = read(
        "416085028\tEUR\t20260301\t1000,00\t987,66\t20260301\t-12,34\tGROENTEBOER\n"
        "416085028\tEUR\t20260302\t987,66\t3487,66\t20260302\t2500,00\tWERKGEVER BV\n"
        "416085028\tEUR\t20260303\t3487,66\t3480,00\t20260303\t-7,66\tKIOSK\n"
    )

    assert found.amounts == money("-12.34", "2500.00", "-7.66")
    assert {(row.account, row.currency) for row in found.rows} == {("416085028", "EUR")}
