"""What happens once: a weekend abroad, a return, a desk, a birthday, and what the bank has not booked yet."""

from datetime import date, timedelta
from decimal import Decimal

from transactions.demo.ledger import CARD, CASH, CHECKING, DemoPart, DemoRow

ABROAD, BIRTHDAY, REIMBURSED = "prague", "birthday", "reimbursable"


def occasions(today: date) -> list[DemoRow]:
    """The rows of every occasion, at fixed distances from today; the earliest is 97 days ago."""
    return [*_weekend_abroad(today), *_shopping(today), *_birthday(today), *_work(today), *_latest(today)]


def _weekend_abroad(today: date) -> list[DemoRow]:
    hotel = DemoRow(
        CARD, _ago(today, 88), Decimal("-236.00"), "BOOKING.COM HOTEL",
        notes="Two nights, breakfast included.", tags=(ABROAD,),
    )  # fmt: skip
    spent = (
        (76, "-778.00", "-31.44", "CESKE DRAHY", ""),
        (76, "-185.00", "-7.47", "COSTA COFFEE", ""),
        (75, "-1290.00", "-52.12", "LOKAL U BILE KUZELKY", "dining"),
        (74, "-412.50", "-16.67", "ALBERT HYPERMARKET PRAHA", ""),
    )
    return [
        hotel,
        *(
            DemoRow(
                CARD, _ago(today, days), Decimal(crowns), text,
                currency="CZK", account_amount=Decimal(euro), tags=(ABROAD,), chosen=chosen,
            )
            for days, crowns, euro, text, chosen in spent
        ),
    ]  # fmt: skip


def _shopping(today: date) -> list[DemoRow]:
    return [
        DemoRow(
            CARD, _ago(today, 97), Decimal("-238.90"), "IKEA",
            notes="The desk for the study.",
            parts=(
                DemoPart(Decimal("-179.00"), "furniture", "Desk"),
                DemoPart(Decimal("-59.90"), "home", "Lamp and boxes"),
            ),
        ),
        DemoRow(
            CARD, _ago(today, 50), Decimal("-119.80"), "ZALANDO SE", notes="Two pairs; one goes back."
        ),
        DemoRow(CARD, _ago(today, 41), Decimal("59.90"), "ZALANDO SE ERSTATTUNG", notes="The pair sent back."),
        DemoRow(
            CHECKING, _ago(today, 30), Decimal("-112.38"), "KAUFLAND",
            parts=(
                DemoPart(Decimal("-71.93"), "groceries"),
                DemoPart(Decimal("-22.50"), "personal-care"),
                DemoPart(Decimal("-17.95"), "home", "Pan"),
            ),
        ),
    ]  # fmt: skip


def _birthday(today: date) -> list[DemoRow]:
    return [
        DemoRow(
            CARD, _ago(today, 21), Decimal("-34.95"), "KERAMIK WERKSTATT HELLER",
            notes="For Mara's sister.", tags=(BIRTHDAY,), chosen="gifts",
        ),
        DemoRow(CASH, _ago(today, 20), Decimal("-24.00"), "BLUMEN ROSENROT", tags=(BIRTHDAY,)),
    ]  # fmt: skip


def _work(today: date) -> list[DemoRow]:
    return [
        DemoRow(
            CARD, _ago(today, 33), Decimal("-59.90"), "DEUTSCHE BAHN FERNTICKET",
            notes="To the trade fair; the receipt is handed in.", tags=(REIMBURSED,),
        ),
        DemoRow(
            CHECKING, _ago(today, 12), Decimal("59.90"), "NORDLICHT DRUCK REISEKOSTEN",
            notes="The ticket to the trade fair.", tags=(REIMBURSED,), chosen="public-transport",
        ),
    ]  # fmt: skip


def _latest(today: date) -> list[DemoRow]:
    return [
        DemoRow(CARD, _ago(today, 1), Decimal("-58.03"), "ARAL STATION 2214"),
        DemoRow(CHECKING, _ago(today, 1), Decimal("-38.72"), "REWE SAGT DANKE 41400"),
        DemoRow(CARD, today, Decimal("-5.40"), "STARBUCKS"),
    ]


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
