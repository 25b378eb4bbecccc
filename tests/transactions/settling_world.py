"""Purchases that a card authorises and a bank settles later, and money that comes back for them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.base import ContentFile

from core.audit import Act
from core.models import AuditEntry
from ingest.models import StatementImport
from ingest.services.running import import_statement
from tests.factories import NOW
from tests.transactions.ledger_truth import Telling
from tests.transactions.ledger_world import OFX_HEAD, World
from transactions.categoriser.domain.merchants import merchant_key
from transactions.models import Account, Sighting
from transactions.services.observing import observe

STATEMENTS = ("csv", "ofx")


@dataclass(frozen=True, slots=True)
class Spending:
    """Something that happened once, with the amount that was authorised and the one that was settled."""

    number: int
    text: str
    authorised: Decimal
    settled: Decimal
    days: int
    takes_tips: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of it: as pending when it is authorised, as posted when it is settled."""

    of: Spending
    is_posted: bool

    @property
    def day(self) -> dt.date:
        return dt.date(2026, 3, 2 + self.of.number) + dt.timedelta(days=self.of.days * self.is_posted)

    @property
    def amount(self) -> Decimal:
        return self.of.settled if self.is_posted else self.of.authorised

    @property
    def status(self) -> str:
        return "posted" if self.is_posted else "pending"

    def known_as(self, channel: str) -> Telling:
        """A source gives both the same name where it cannot tell them apart: statements by day and amount."""
        is_one = self.of.authorised == self.of.settled and not (channel in STATEMENTS and self.of.days)
        return channel, f"{self.of.number}" if is_one else f"{self.of.number} {self.status}"


SPENDING = tuple(
    Spending(number, text, Decimal(authorised), Decimal(settled), days, takes_tips)
    for number, (text, authorised, settled, days, takes_tips) in enumerate(
        [
            ("TAXI BERLIN", "-20.00", "-26.00", 1, True),
            ("NETFLIX", "-12.99", "-12.99", 2, False),
            ("IKEA", "-149.00", "-149.00", 0, False),
            ("IKEA", "149.00", "149.00", 0, False),
            ("IKEA", "60.00", "60.00", 1, False),
        ]
    )
)
BOUGHT, BACK = SPENDING[2], SPENDING[3:]
HELD = (
    Told(
        Spending(5, "RESTAURANT LUNA", Decimal("-10.00"), Decimal("-10.00"), 1, takes_tips=True),
        is_posted=False,
    ),
    Told(
        Spending(6, "RESTAURANT LUNA", Decimal("-13.01"), Decimal("-13.01"), 0, takes_tips=True),
        is_posted=True,
    ),
)
"""What is over thirty percent more than was authorised is another purchase."""

TELLABLE = (*(Told(of, is_posted) for of in SPENDING for is_posted in (False, True)), *HELD)
BY_AMOUNT = {(told.amount, told.status): told for told in TELLABLE}


def telling_of(sighting: Sighting) -> Telling:
    """Who tells here, and of what."""
    if sighting.source == "manual":
        return "manual", sighting.pk.hex
    told = BY_AMOUNT[sighting.amount, sighting.status]
    return told.known_as(sighting.channel or sighting.source)


class SettlingWorld(World):
    """A person whose bank tells of what is pending too."""

    def state(self, kind: str, told: Sequence[Told]) -> StatementImport:
        """A statement file through everything that an upload goes through."""
        content = {"csv": csv_of, "ofx": ofx_of}[kind](told)
        account = self.accounts["everyday"]
        statement = StatementImport(
            user=self.user, account=account, filename=f"march.{kind}", size=len(content)
        )
        statement.file.save(statement.filename, ContentFile(content))
        import_statement(statement.pk, clock=lambda: NOW)
        statement.refresh_from_db()
        assert (statement.status, statement.format, statement.error) == ("succeeded", kind, "")
        self.imports.append(statement)
        return statement

    def mail(self, told: Told, *, account: Account | None) -> None:
        """A bank's e-mail, as its reader hands it over."""
        observe(
            self.user,
            act=Act(actor_id=self.user.pk, via=AuditEntry.Via.SYSTEM, at=NOW),
            source="email",
            account=account,
            external_id=told.known_as("email")[1],
            date=told.day,
            amount=told.amount,
            currency="EUR",
            description=told.of.text,
            status=told.status,
            merchant_key=merchant_key(told.of.text),
        )


def csv_of(told: Iterable[Told]) -> bytes:
    lines = [f"{each.day},{each.of.text},{each.amount},{each.status.upper()}" for each in told]
    return "\n".join(["Date,Description,Amount,State", *lines, ""]).encode()


def ofx_of(told: Sequence[Told]) -> bytes:
    booked = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{each.day:%Y%m%d}<TRNAMT>{each.amount}<FITID>ofx-{each.of.number}<NAME>{each.of.text}</STMTTRN>\n"
        for each in told
        if each.is_posted
    )
    held = "".join(
        f"<STMTTRNP><TRNTYPE>HOLD<DTTRAN>{each.day:%Y%m%d}<TRNAMT>{each.amount}<FITID>ofx-{each.of.number}<NAME>{each.of.text}</STMTTRNP>\n"
        for each in told
        if not each.is_posted
    )
    return (
        f"{OFX_HEAD}{booked}</BANKTRANLIST><BANKTRANLISTP><DTASOF>20260310\n{held}</BANKTRANLISTP>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()
