"""What comes round every month: pay, bills, and where the household likes to shop.

Days and amounts of a month's purchases are drawn with that month as the seed, so a month is the same whoever
looks at it, and whenever.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from transactions.demo.ledger import CARD, CASH, CHECKING, SAVINGS, DemoRow, moved
from transactions.demo.months import SUNDAY, day_of, working_day_before

EVERY_MONTH = tuple(range(1, 13))
CENT = -2
LAST_DAY = 31


class Bill(NamedTuple):
    """The same amount on the same day."""

    day: int
    account: str
    description: str
    amount: str
    months: tuple[int, ...] = EVERY_MONTH
    chosen: str = ""


class Habit(NamedTuple):
    """So many purchases a month, each between two amounts in cents."""

    account: str
    description: str
    times: int
    least: int
    most: int
    on_sundays: bool = False
    chosen: str = ""


PAY = (
    Bill(15, CHECKING, "LOHN UND GEHALT STADTBIBLIOTHEK", "1742.90"),
    Bill(27, CHECKING, "GEHALT NORDLICHT DRUCK GMBH", "2684.37"),
)

BILLS = (
    Bill(1, CHECKING, "MIETE LINDENSTR. 14 HAUSVERWALTUNG SEIDEL", "-1380.00"),
    Bill(2, CHECKING, "DEUTSCHLANDTICKET DB VERTRIEB", "-63.00"),
    Bill(3, CHECKING, "STADTWERKE ABSCHLAG STROM", "-78.00"),
    Bill(3, CHECKING, "STADTWERKE ERDGAS ABSCHLAG", "-64.00", chosen="gas"),
    Bill(4, CHECKING, "HUK-COBURG HAUSRAT UND HAFTPFLICHT", "-31.20"),
    Bill(5, CHECKING, "TELEKOM DEUTSCHLAND GMBH", "-44.95"),
    Bill(6, CHECKING, "VODAFONE GMBH MOBILFUNK", "-29.98"),
    Bill(8, CHECKING, "FITX DEUTSCHLAND GMBH", "-24.00"),
    Bill(9, CARD, "NETFLIX.COM", "-13.99"),
    Bill(12, CARD, "SPOTIFY", "-14.99"),
    Bill(14, CARD, "APPLE.COM/BILL", "-2.99"),
    Bill(15, CHECKING, "RUNDFUNK ARD ZDF DRADIO", "-55.08", (2, 5, 8, 11)),
    Bill(16, CHECKING, "SV WIESENGRUND 1921 BEITRAG", "-22.00", chosen="charity"),
    Bill(LAST_DAY, CHECKING, "KONTOFUEHRUNGSENTGELT", "-3.90"),
    Bill(LAST_DAY, SAVINGS, "ZINSGUTSCHRIFT", "31.42", (3, 6, 9, 12)),
)

HABITS = (
    Habit(CHECKING, "REWE SAGT DANKE 41400", 4, 2450, 7400),
    Habit(CHECKING, "LIDL SAGT DANKE", 3, 1890, 5200),
    Habit(CHECKING, "EDEKA MUELLER", 2, 1200, 4600),
    Habit(CHECKING, "DM DROGERIE MARKT", 2, 690, 2900),
    Habit(CHECKING, "STADT APOTHEKE", 1, 480, 2300),
    Habit(CARD, "ARAL STATION 2214", 2, 4400, 6700),
    Habit(CARD, "AMZN MKTP DE", 2, 999, 5400),
    Habit(CARD, "RISTORANTE DA GINO", 2, 2800, 6400, on_sundays=True),
    Habit(CARD, "STARBUCKS", 3, 420, 960, on_sundays=True),
    Habit(CARD, "LIEFERANDO.DE", 2, 1850, 3600, on_sundays=True),
    Habit(CARD, "MCDONALDS", 1, 890, 1900, on_sundays=True),
    Habit(CARD, "THALIA BUCHHANDLUNG", 1, 999, 3200),
    Habit(CARD, "CINEMAXX", 1, 2200, 3400, on_sundays=True),
    Habit(CARD, "HALLE 9 BOULDERN", 2, 1250, 2500, on_sundays=True, chosen="fitness"),
    Habit(CARD, "KULTURVEREIN ALTE SEILEREI", 1, 1500, 2800, on_sundays=True, chosen="events"),
    Habit(CASH, "BAECKEREI KAISER", 5, 320, 890),
    Habit(CASH, "WOCHENMARKT", 3, 1150, 2400),
    Habit(CASH, "FRISEUR HAARWERK", 1, 2900, 4600),
    Habit(CASH, "EISCAFE VENEZIA", 1, 480, 1100, on_sundays=True),
)


def month_of_rows(year: int, month: int) -> list[DemoRow]:
    """Everything that comes round in this month, in no particular order."""
    return [
        *_bills(year, month),
        *_purchases(year, month),
        *_own_money(year, month),
    ]


def _bills(year: int, month: int) -> Iterator[DemoRow]:
    for pay in PAY:
        day = working_day_before(day_of(year, month, pay.day))
        yield DemoRow(pay.account, day, Decimal(pay.amount), pay.description)
    for bill in BILLS:
        if month in bill.months:
            day = day_of(year, month, bill.day)
            yield DemoRow(bill.account, day, Decimal(bill.amount), bill.description, chosen=bill.chosen)


def _purchases(year: int, month: int) -> Iterator[DemoRow]:
    chance = Random(f"{year}-{month:02}")  # noqa: S311  (no secret depends on it)
    days = [date(year, month, number) for number in range(1, day_of(year, month, LAST_DAY).day + 1)]
    for habit in HABITS:
        open_days = [day for day in days if habit.on_sundays or day.weekday() != SUNDAY]
        for day in chance.sample(open_days, habit.times):
            amount = Decimal(-chance.randint(habit.least, habit.most)).scaleb(CENT)
            yield DemoRow(habit.account, day, amount, habit.description, chosen=habit.chosen)


def _own_money(year: int, month: int) -> Iterator[DemoRow]:
    texts = ("UEBERTRAG AUF SPARKONTO", "UEBERTRAG VOM GIROKONTO")
    yield from moved(
        day_of(year, month, 2), source=CHECKING, target=SAVINGS, amount=Decimal("900.00"), texts=texts
    )
    for day, amount in ((3, "80.00"), (18, "70.00")):
        yield from moved(
            day_of(year, month, day),
            source=CHECKING,
            target=CASH,
            amount=Decimal(amount),
            texts=("GA NR 1024 BARGELDAUSZAHLUNG", "BARGELD VOM AUTOMATEN"),
        )
