"""Short ways to read OFX in a test."""

import io
from pathlib import Path
from typing import NamedTuple

from ingest.adapters.ofx import OfxReader
from ingest.domain.statement import Problem, StatementReading, StatementRow

SAMPLES = Path(__file__).parents[2] / "samples" / "ofx"

HEADER = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)


class Read(NamedTuple):
    reading: StatementReading
    rows: list[StatementRow]
    rejected: list[Problem]
    remarks: list[Problem]

    @property
    def row(self) -> StatementRow:
        (row,) = self.rows
        return row

    @property
    def told(self) -> list[str]:
        return [remark.message for remark in self.remarks]


def read(content: bytes | str, layout: dict | None = None) -> Read:
    data = content.encode() if isinstance(content, str) else content
    reading = OfxReader().read(io.BytesIO(data), filename="statement.ofx", layout=layout)
    items = list(reading.items)
    problems = [item for item in items if isinstance(item, Problem)]
    return Read(
        reading=reading,
        rows=[item for item in items if isinstance(item, StatementRow)],
        rejected=[problem for problem in problems if problem.rejected],
        remarks=[problem for problem in problems if not problem.rejected],
    )


def read_sample(name: str) -> Read:
    return read((SAMPLES / name).read_bytes())


def statement(
    entries: str, *, currency: str = "<CURDEF>EUR", account: str = "<ACCTID>77<ACCTTYPE>CHECKING"
) -> str:
    return (
        f"{HEADER}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>{currency}<BANKACCTFROM><BANKID>1{account}"
        f"</BANKACCTFROM><BANKTRANLIST>{entries}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def entry(values: str = "<NAME>Shop", *, day: str = "20250131", amount: str = "-1.00") -> str:
    return f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>1{values}</STMTTRN>\n"
