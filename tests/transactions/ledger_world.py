"""Purchases whose truth is known, and everyone who tells of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from core.audit import Act
from core.models import AuditEntry
from ingest.models import StatementImport
from ingest.services.running import import_statement
from tests.factories import NOW, AccountFactory, PersonFactory, act_of
from transactions.categoriser.domain.merchants import merchant_key
from transactions.models import Account, Category, Sighting, Transaction
from transactions.services.observing import observe

OFX_HEAD = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1"
    "<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>10010010"
    "<ACCTID>123456789<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n"
)
OFX_TAIL = "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something that happened once; its amount and its text are like no other's."""

    number: int
    day: dt.date
    text: str
    amount: Decimal
    account: str = "everyday"

    def of_bank(self, channel: str) -> str:
        """How it is known to those who tell of it."""
        return f"{channel}-{self.number}"


PURCHASES = tuple(
    Purchase(number, dt.date(2026, 3, 1 + number), text, Decimal(amount), account)
    for number, (text, amount, account) in enumerate(
        [
            ("LIDL", "-31.10", "everyday"),
            ("NETFLIX", "-12.99", "everyday"),
            ("IKEA", "-149.00", "everyday"),
            ("SHELL", "-60.04", "everyday"),
            ("DISPATCH 4471", "-500.00", "everyday"),
            ("ARRIVAL 9082", "500.00", "savings"),
        ]
    )
)
SHOPPING = PURCHASES[:4]
OF_ACCOUNT = {name: [each for each in PURCHASES if each.account == name] for name in ("everyday", "savings")}


class World:
    """A person with two accounts."""

    def __init__(self) -> None:
        self.user = PersonFactory()
        self.accounts: dict[str, Account] = {
            "everyday": AccountFactory(user=self.user, name="Everyday", opening_balance=Decimal("70.00")),
            "savings": AccountFactory(user=self.user, name="Savings"),
        }
        self.categories = list(Category.objects.for_user(self.user).order_by("position", "pk")[:8])
        self.imports: list[StatementImport] = []

    @property
    def act(self) -> Act:
        return act_of(self.user)

    def rows(self) -> Any:
        return Transaction.objects.for_user(self.user)

    def sightings(self) -> Any:
        return Sighting.objects.for_user(self.user)

    def send(self, kind: str, purchases: Sequence[Purchase], *, restore_deleted: bool) -> StatementImport:
        """A statement file of one account, through everything that an upload goes through."""
        content = {"csv": csv_of, "ofx": ofx_of}[kind](purchases)
        statement = StatementImport(
            user=self.user,
            account=self.accounts[purchases[0].account],
            filename=f"march.{kind}",
            size=len(content),
            restore_deleted=restore_deleted,
        )
        statement.file.save(statement.filename, ContentFile(content))
        import_statement(statement.pk, clock=lambda: NOW)
        statement.refresh_from_db()
        assert (statement.status, statement.format, statement.error) == ("succeeded", kind, "")
        self.imports.append(statement)
        return statement

    def tell(self, source: str, purchase: Purchase, *, account: Account | None, text: str) -> None:
        """One sighting from mail or a receipt, as their readers hand it over."""
        observe(
            self.user,
            act=Act(actor_id=self.user.pk, via=AuditEntry.Via.SYSTEM, at=NOW),
            source=source,
            account=account,
            external_id=purchase.of_bank(source),
            date=purchase.day,
            amount=purchase.amount,
            currency="EUR",
            description=text,
            status=Transaction.Status.POSTED,
            merchant_key=merchant_key(text),
        )


def csv_of(purchases: Iterable[Purchase]) -> bytes:
    lines = [f"{each.day},{each.text},{each.amount}" for each in purchases]
    return "\n".join(["Date,Description,Amount", *lines, ""]).encode()


def ofx_of(purchases: Iterable[Purchase]) -> bytes:
    rows = (
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{each.day:%Y%m%d}<TRNAMT>{each.amount}<FITID>{each.of_bank('ofx')}"
        f"<NAME>{each.text}</STMTTRN>\n"
        for each in purchases
    )
    return (OFX_HEAD + "".join(rows) + OFX_TAIL).encode()
