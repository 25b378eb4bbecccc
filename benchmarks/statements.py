"""Generated statements for measurements: believable bank text, the same for the same seed."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

FIRST_DAY = dt.date(2016, 1, 1)
SHOPS = (
    "REWE SAGT DANKE {n}", "LIDL DIENSTLEISTUNG {n}", "ALDI SUED {n} MUENCHEN", "EDEKA CENTER {n} HAMBURG",
    "SHELL {n} BERLIN", "ARAL STATION {n}", "DB VERTRIEB GMBH {n}", "AMZN MKTP DE*{x}", "PAYPAL *SPOTIFY {n}",
    "NETFLIX.COM {n}", "IKEA DEUTSCHLAND {n}", "DM-DROGERIE MARKT {n}", "ROSSMANN {n}", "MCDONALDS {n}",
    "SQ *CORNER CAFE {n}", "SUMUP *BAECKEREI {x}", "STADTWERKE {n} ABSCHLAG", "MIETE WOHNUNG {n}",
    "HANDWERKER MEIER {x}", "KIOSK AM PARK {x}", "UNKNOWN MERCHANT {x} {n}", "TST* PIZZERIA ROMA {n}",
)  # fmt: skip


def rows(count: int, *, seed: int = 7) -> Iterator[tuple[dt.date, int, str, str]]:
    """Day, amount in cents, text and reference of ``count`` rows; every text is distinct, as banks' are."""
    chance = random.Random(seed)
    for number in range(count):
        day = FIRST_DAY + dt.timedelta(days=number * 3650 // count)
        text = chance.choice(SHOPS).format(n=f"{number:07d}", x=f"{chance.randrange(16**6):06X}")
        yield day, -chance.randrange(100, 20_000), text, f"R{seed}-{number:08d}"


def write_csv(path: Path, count: int, *, seed: int = 7) -> None:
    """A German current account: semicolons, decimal commas."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Buchungstag;Verwendungszweck;Betrag;Währung\n")
        for day, cents, text, _ in rows(count, seed=seed):
            amount = f"{cents / 100:.2f}".replace(".", ",")
            file.write(f"{day:%d.%m.%Y};{text};{amount};EUR\n")


def write_ofx(path: Path, count: int, *, seed: int = 7) -> None:
    """A checking account in OFX 1 (SGML)."""
    with path.open("w", encoding="ascii") as file:
        file.write(
            "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
            "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1"
            "<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>10010010"
            "<ACCTID>123456789<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n"
        )
        for day, cents, text, reference in rows(count, seed=seed):
            file.write(
                f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day:%Y%m%d}<TRNAMT>{cents / 100:.2f}<FITID>{reference}"
                f"<NAME>{text}</STMTTRN>\n"
            )
        file.write("</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n")
