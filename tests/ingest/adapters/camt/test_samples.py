from datetime import date, time
from decimal import Decimal

import pytest

from ingest.adapters.camt import CamtReader
from ingest.domain.statement import StatementAccount, StatementRow, UnreadableStatementError
from tests.ingest.adapters.reading import FOR_NEWCOMERS, SAMPLES, read_with


def read(content, layout=None):
    return read_with(CamtReader(), content, layout)


def read_sample(name):
    return read((SAMPLES / "camt" / name).read_bytes())


def statement(
    entries, *, account="<Acct><Id><IBAN>CH9300762011623852957</IBAN></Id></Acct>", root="BkToCstmrStmt"
):
    return f"<Document><{root}><Stmt>{account}{entries}</Stmt></{root}></Document>"


def entry(more="", *, amount="1.00", sign="DBIT", day="<BookgDt><Dt>2026-01-02</Dt></BookgDt>"):
    return f'<Ntry><Amt Ccy="CHF">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{day}{more}</Ntry>'


def details(*parts):
    return "".join(f"<TxDtls>{part}</TxDtls>" for part in parts).join(("<NtryDtls>", "</NtryDtls>"))


def test_a_swiss_statement_of_version_8():
    found = read_sample("swiss.xml")

    assert found.reading.accounts == [
        StatementAccount("CH9300762011623852957", "CHF", "checking", "Beispielbank", "Privatkonto"),
    ]
    assert found.rows[0] == StatementRow(
        line=13,
        date=date(2026, 1, 5),
        amount=Decimal("-42.40"),
        description="Migros Zürich Kauf mit Debitkarte",
        currency="CHF",
        account="CH9300762011623852957",
        external_id="20260105-00012",
        time=time(23, 30),
        mcc="5411",
    )
    assert found.told[1:] == [
        ("2026-01-25", "3000", "Sammelgutschrift 2 transactions: Arbeit AG Lohn; Hans Muster"),
        ("2026-01-26", "-54.00", "Hans Muster 210000000003139471430009017"),
        ("(2026-01-31)", "-9.90", "Kino"),
    ]
    assert found.reading.layout == {
        "version": {"value": "camt.053.001.08", "confidence": 1.0},
        "encoding": {"value": "utf-8", "confidence": 0.98},
    }
    assert found.rejected == []
    assert found.remarks == [(33, "Entries without a booking date, the value date counts: ValDt.")]


def test_prefixes_other_numbers_and_several_reports():
    found = read_sample("prefixed-052.xml")

    assert [(account.number, account.currency) for account in found.reading.accounts] == [
        ("123-456", "SEK"),
        ("GB33BUKB20201555555555", None),
    ]
    assert found.told == [("(2026-01-02)", "-1.00", "")]


def test_entries_that_cannot_be_read_are_named_with_their_line():
    found = read_sample("broken.xml")

    assert [row.amount for row in found.rows] == [Decimal("-2.00")]
    assert found.rejected == [
        (4, "Amt “five” is not an amount."),
        (5, "CdtDbtInd “out” is neither CRDT nor DBIT."),
        (6, "BookgDt and ValDt hold no date."),
        (8, "The file ends or breaks inside this entry; it was left out."),
    ]
    assert found.remarks == [
        (8, "The file is not well-formed XML: unclosed token. The rest of the file is left out."),
    ]


def test_the_sample_for_newcomers_ties():
    found = read((FOR_NEWCOMERS / "swiss-camt053.xml").read_bytes())

    assert (len(found.rows), sum(row.amount for row in found.rows)) == (10, Decimal("4019.35"))
    assert (found.rejected, found.remarks) == ([], [])


def test_rows_that_do_not_lead_to_the_closing_balance_are_remarked_on():
    content = (SAMPLES / "camt" / "swiss.xml").read_bytes().replace(b">3903.60<", b">3900.00<")

    line, message = read(content).remarks[1]
    assert line == 5
    assert message.endswith("opening to the closing balance: CH9300762011623852957 (off by -3.60).")


@pytest.mark.parametrize("status", ["PDNG", "INFO", "FUTR", "ODD"])
@pytest.mark.parametrize("form", ["<Sts>{}</Sts>", "<Sts><Cd>{}</Cd></Sts>"])
def test_only_what_is_booked_is_posted(status, form):
    (pending,) = read(statement(entry(form.format(status)))).told
    (booked,) = read(statement(entry(form.format("BOOK")))).told

    assert (pending[0], booked[0]) == ("(2026-01-02)", "2026-01-02")


def test_the_other_party_is_whoever_does_not_hold_the_account():
    parties = (
        "<RltdPties><Dbtr><Nm>Ann</Nm></Dbtr><DbtrAcct><Id><IBAN>{}</IBAN></Id></DbtrAcct>"
        "<Cdtr><Nm>Ben</Nm></Cdtr></RltdPties>"
    )

    def told(sign, iban="GB33BUKB20201555555555"):
        return read(statement(entry(details(parties.format(iban)), sign=sign))).row.description

    assert told("DBIT") == "Ben"
    assert told("CRDT") == "Ann"
    assert told("CRDT", iban="CH9300762011623852957") == "Ben"


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (details("<RmtInf><Ustrd>Rent</Ustrd><Ustrd>May</Ustrd></RmtInf>"), "Rent May"),
        (details("<AddtlTxInf>Card 1</AddtlTxInf>"), "Card 1"),
        ("<TxDtls><RmtInf><Ustrd>Old</Ustrd></RmtInf></TxDtls>", "Old"),
        ("<AddtlNtryInf>Fee</AddtlNtryInf>", "Fee"),
        (details("<Refs><EndToEndId>E-1</EndToEndId></Refs>"), "E-1"),
        ("<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>CCRD</Cd></Fmly></Domn></BkTxCd>", "PMNT CCRD"),
        (details(*["<RmtInf><Ustrd>A</Ustrd></RmtInf>"] * 9), "9 transactions: A"),
    ],
)
def test_where_a_description_comes_from(more, text):
    assert read(statement(entry(more))).row.description == text


@pytest.mark.parametrize(
    ("more", "reference"),
    [
        ("<AcctSvcrRef>ZV2026-1</AcctSvcrRef>", "ZV2026-1"),
        (
            "<AcctSvcrRef>NONREF</AcctSvcrRef>"
            + details("<Refs><AcctSvcrRef>TX-000017</AcctSvcrRef></Refs>"),
            "TX-000017",
        ),
        ("<NtryRef>1</NtryRef>", None),
        ("<NtryRef>20260102778</NtryRef>", "20260102778"),
    ],
)
def test_a_reference_counts_where_it_can_tell_rows_apart(more, reference):
    assert read(statement(entry(more))).row.external_id == reference


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_wide_encodings(encoding):
    content = '<?xml version="1.0" encoding="UTF-16"?>' + statement(
        entry("<AddtlNtryInf>Bäckerei</AddtlNtryInf>")
    )

    assert read(content.encode(encoding)).row.description == "Bäckerei"


def test_the_bytes_have_the_last_word_on_the_encoding():
    content = '<?xml version="1.0" encoding="UTF-8"?>' + statement(
        entry("<AddtlNtryInf>Bäckerei Grün</AddtlNtryInf>")
    )

    found = read(content.encode("cp1252"))

    assert found.row.description == "Bäckerei Grün"
    assert found.remarks == [(1, "The file says its text is utf-8, but it is cp1252; read as cp1252.")]


@pytest.mark.parametrize("content", ["<Document><BkToCstmrStmt></BkToCstmrStmt></Document>", "<a>", "camt"])
def test_a_file_without_statement_is_refused_with_a_line(content):
    with pytest.raises(UnreadableStatementError) as refusal:
        read(content)

    assert refusal.value.line == 1
