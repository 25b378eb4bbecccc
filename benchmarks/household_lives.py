"""What the generated households earn, owe, subscribe to, and buy in between."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.household_truth import AFTER, ANY_DAY, BEFORE, Amounts, Generator, Household, Plan
from transactions.domain.recurring import Kind, Period

STREAMS = (
    "flixtube",
    "songify",
    "cloudbox",
    "newsdaily",
    "gamepass",
    "fitclub",
    "audiobooks",
    "mealkit",
    "vpn",
)
SHOPS = ("rewe", "lidl", "aldi", "market hall")
PLACES = ("da gino", "sushi bar", "kebab house", "cinema", "pharmacy", "bookshop", "garden centre", "bakery")


def household(seed: int, *, years: int | None = None) -> Household:
    """One household with one to four years of history."""
    home = Generator(seed, years=years)
    for part in (
        _pay,
        _housing,
        _bills,
        _subscriptions,
        _several_at_one_shop,
        _insurance,
        _weekly,
        _life,
        _once,
    ):
        part(home)
    return home.household()


def busy_household(seed: int, *, years: int, rows: int) -> Household:
    """The same with so many purchases beside it that there are ``rows`` movements or a few more."""
    home = Generator(seed, years=years)
    for part in (
        _pay,
        _housing,
        _bills,
        _subscriptions,
        _several_at_one_shop,
        _insurance,
        _weekly,
        _life,
        _once,
    ):
        part(home)
    days = (home.today - home.first).days
    while len(home.movements) < rows:
        shop = f"shop {home.chance.randrange(400)}"
        on = home.first + timedelta(days=home.chance.randrange(days))
        home.pay(shop, on, -home.chance.randint(150, 9000))
    return home.household()


def _live(home: Generator) -> None:
    for part in (
        _pay,
        _housing,
        _bills,
        _subscriptions,
        _several_at_one_shop,
        _insurance,
        _weekly,
        _life,
        _once,
    ):
        part(home)


def _fixed(price: int) -> Amounts:
    return lambda *_: -price


def _dearer(price: int, since: date, percent: int) -> Amounts:
    after = price * (100 + percent) // 100
    return lambda _, on: -(after if on >= since else price)


def _varying(chance: Random, price: int, *, noise: float, season: float = 0.0) -> Amounts:
    def amount(_: int, on: date) -> int:
        winter = season * math.cos(2 * math.pi * (on.timetuple().tm_yday - 15) / 365)
        return -max(100, round(price * (1 + winter + chance.gauss(0, noise))))

    return amount


def _wage(chance: Random, pay: int, *, bonus_in: int, hourly: bool) -> Amounts:
    def amount(_: int, on: date) -> int:
        raised = pay * (100 + 3 * (on.year - 2022)) // 100
        if hourly:
            return round(raised * (1 + chance.gauss(0, 0.08)))
        return raised * 2 if on.month == bonus_in else raised

    return amount


def _between(chance: Random, low: int, high: int) -> Callable[[], int]:
    return lambda: chance.randint(low, high)


def _pay(home: Generator) -> None:
    chance = home.chance
    plans = (
        Plan(Period.MONTHLY, chance.choice((1, 15, 25, 27, 28, 31)), weekend=BEFORE),
        Plan(Period.MONTHLY, chance.choice((5, 10, 31)), weekend=AFTER),
        Plan(Period.SEMI_MONTHLY, 15, weekend=BEFORE),
        Plan(Period.FORTNIGHTLY, 4, phase=chance.randrange(2)),
        Plan(Period.WEEKLY, 3),
        Plan(Period.FOUR_WEEKLY, 1, phase=chance.randrange(4)),
    )
    for number in range(chance.choice((1, 2, 2))):
        plan = chance.choice(plans)
        every_month = plan.period in (Period.MONTHLY, Period.SEMI_MONTHLY)
        size = chance.randint(180_000, 420_000) if every_month else chance.randint(50_000, 160_000)
        wage = _wage(
            chance,
            size,
            bonus_in=chance.choice((0, 11, 12)) if every_month else 0,
            hourly=chance.random() < 0.3,
        )
        home.recurring(f"employer {number}", Kind.INCOME, plan, wage, since=_maybe_later(home, 0.2))
    if chance.random() < 0.4:
        home.recurring("family fund", Kind.INCOME, Plan(Period.MONTHLY, 9, AFTER), lambda *_: 25_500)
    if chance.random() < 0.4:
        interest = _varying(chance, 1_500, noise=0.15)
        home.recurring(
            "bank", Kind.INCOME, Plan(Period.QUARTERLY, 31, phase=2), lambda number, on: -interest(number, on)
        )


def _housing(home: Generator) -> None:
    chance = home.chance
    rent = chance.randint(60_000, 190_000)
    raised = _dearer(rent, home.first + timedelta(days=chance.randint(200, 600)), 4)
    home.recurring(
        "landlord", Kind.SUBSCRIPTION, Plan(Period.MONTHLY, chance.choice((1, 2, 3)), AFTER), raised
    )
    if chance.random() < 0.5:
        plan = Plan(Period.MONTHLY, chance.choice((15, 20, 31)), AFTER)
        home.recurring("auto bank", Kind.SUBSCRIPTION, plan, _fixed(chance.randint(15_000, 40_000)))


def _bills(home: Generator) -> None:
    chance = home.chance
    power = Plan(Period.MONTHLY, chance.randint(1, 31), AFTER, sloppy=chance.choice((0, 2, 4)), skips=0.02)
    home.recurring("power", Kind.BILL, power, _varying(chance, 8_000, noise=0.1, season=0.3))
    gas = Plan(Period.MONTHLY, chance.randint(1, 28), ANY_DAY, sloppy=2)
    if chance.random() < 0.6:
        home.recurring("gas", Kind.BILL, gas, _varying(chance, 9_000, noise=0.1, season=0.6))
    water = Plan(Period.BIMONTHLY, chance.randint(1, 28), AFTER, sloppy=3, phase=chance.randrange(2))
    if chance.random() < 0.5:
        home.recurring("water", Kind.BILL, water, _varying(chance, 6_000, noise=0.12))
    else:
        quarterly = Plan(Period.QUARTERLY, chance.randint(1, 28), AFTER, sloppy=3, phase=chance.randrange(3))
        home.recurring("water", Kind.BILL, quarterly, _varying(chance, 9_000, noise=0.12))
    for number in range(chance.choice((1, 1, 2))):
        mobile = Plan(Period.MONTHLY, (3 + 14 * number) + chance.randint(0, 3), ANY_DAY, sloppy=1)
        if chance.random() < 0.5:
            home.recurring("mobile", Kind.SUBSCRIPTION, mobile, _fixed(1_999 + 1_000 * number))
        else:
            home.recurring("mobile", Kind.BILL, mobile, _varying(chance, 2_000 + 2_500 * number, noise=0.1))
    if chance.random() < 0.5:
        card = Plan(Period.MONTHLY, chance.randint(1, 31), AFTER)
        home.recurring("card company", Kind.BILL, card, _varying(chance, 70_000, noise=0.4))
    fee = Plan(Period.QUARTERLY, 15, AFTER, phase=chance.randrange(3))
    home.recurring("broadcast fee", Kind.SUBSCRIPTION, fee, _fixed(5_508))


def _subscriptions(home: Generator) -> None:
    chance = home.chance
    for name in chance.sample(STREAMS, chance.randint(3, 7)):
        price = chance.choice((499, 799, 999, 1_299, 1_799, 2_400, 5_999))
        plan = Plan(Period.MONTHLY, chance.randint(1, 31), skips=chance.choice((0, 0, 0.04)))
        amounts = _fixed(price)
        if chance.random() < 0.4:
            amounts = _dearer(price, _day_within(home), chance.choice((8, 15, 25)))
        elif chance.random() < 0.15:
            amounts = _varying(chance, price, noise=0.012)
        since, until = _maybe_later(home, 0.4), _maybe_later(home, 0.25)
        if since and until and until < since:
            since, until = until, since
        pause = None
        if since is until is None and chance.random() < 0.2:
            begin = _day_within(home)
            pause = (begin, begin + timedelta(days=chance.randint(40, 200)))
        home.recurring(name, Kind.SUBSCRIPTION, plan, amounts, since=since, until=until, pause=pause)


def _several_at_one_shop(home: Generator) -> None:
    chance = home.chance
    if chance.random() < 0.6:
        day = chance.randint(1, 31)
        for price, shift in ((99, 0), (999, chance.choice((0, 6, 13)))):
            plan = Plan(Period.MONTHLY, (day + shift - 1) % 31 + 1)
            home.recurring("apple", Kind.SUBSCRIPTION, plan, _fixed(price), since=_maybe_later(home, 0.4))
    home.at_random("amazon", (2, 25), _between(chance, 599, 9_000))
    if chance.random() < 0.7:
        plan = Plan(chance.choice((Period.MONTHLY, Period.MONTHLY, Period.YEARLY)), chance.randint(1, 28))
        price = 899 if plan.period is Period.MONTHLY else 8_990
        amounts = _dearer(price, _day_within(home), 12) if chance.random() < 0.4 else _fixed(price)
        home.recurring("amazon", Kind.SUBSCRIPTION, plan, amounts)


def _insurance(home: Generator) -> None:
    chance = home.chance
    for name in ("car insurer", "home insurer", "liability insurer", "club"):
        period = chance.choice((Period.YEARLY, Period.YEARLY, Period.HALF_YEARLY, Period.QUARTERLY))
        plan = Plan(period, chance.randint(1, 28), AFTER, phase=chance.randrange(12))
        price = chance.randint(3_000, 60_000)
        yearly = chance.choice((0, 0, 3, 6))
        home.recurring(name, Kind.SUBSCRIPTION, plan, _indexed(price, yearly))


def _indexed(price: int, percent: int) -> Amounts:
    return lambda _, on: -(price * (100 + percent * (on.year - 2022)) // 100)


def _weekly(home: Generator) -> None:
    chance = home.chance
    if chance.random() < 0.35:
        plan = Plan(Period.WEEKLY, chance.randrange(6), skips=0.06)
        home.recurring("music lesson", Kind.SUBSCRIPTION, plan, _fixed(chance.choice((2_500, 3_200))))
    if chance.random() < 0.35:
        plan = Plan(Period.FORTNIGHTLY, chance.randrange(5), skips=0.03, phase=chance.randrange(2))
        home.recurring("cleaner", Kind.SUBSCRIPTION, plan, _fixed(chance.choice((4_500, 6_000))))


def _life(home: Generator) -> None:
    chance = home.chance
    for shop in chance.sample(SHOPS, 3):
        home.at_random(shop, (5, 9), _between(chance, 1_500, 12_000), mostly_on=chance.choice((4, 5)))
    home.at_random("corner shop", (1, 6), _between(chance, 300, 2_500))
    home.at_random("canteen", (1, 3), lambda: chance.choice((650, 720, 720, 850)))
    home.at_random("coffee", (1, 5), lambda: chance.choice((350, 350, 420)))
    home.at_random("fuel", (8, 17), _between(chance, 4_000, 8_500))
    home.at_random("hairdresser", (24, 45), lambda: chance.choice((3_200, 3_200, 3_800)))
    home.at_random("cash machine", (4, 20), lambda: chance.choice((5_000, 10_000, 10_000, 20_000)))
    home.at_random("parking", (3, 30), lambda: chance.choice((200, 300, 400)))
    home.at_random("swimming pool", (5, 30), lambda: 550)
    home.at_random("pet food", (22, 40), _between(chance, 3_000, 4_500))
    for place in PLACES:
        low = chance.randint(4, 40)
        home.at_random(place, (low, 4 * low), _between(chance, 500, 9_000))


def _once(home: Generator) -> None:
    chance = home.chance
    days = (home.today - home.first).days
    for _ in range(days // 6):
        name = f"shop {chance.randrange(days // 8)}"
        home.pay(name, home.first + timedelta(days=chance.randrange(days)), -chance.randint(300, 20_000))
    for _ in range(days // 40):
        on = home.first + timedelta(days=chance.randrange(days))
        home.pay(chance.choice(("amazon", "friend", "tax office")), on, chance.randint(500, 40_000))


def _day_within(home: Generator) -> date:
    days = (home.today - home.first).days
    return home.first + timedelta(days=home.chance.randint(days // 4, days))


def _maybe_later(home: Generator, likelihood: float) -> date | None:
    return _day_within(home) if home.chance.random() < likelihood else None
