"""What an app contributes to those below it: the one way upwards.

Imports go downwards only. What the kernel, or an app, has to know of the apps above it each of them declares here,
once, in the ``ready`` of its ``apps.py``::

    hooks.join(hooks.Contributions(scopes=ALL, schedule={...}, obligations=minimum_payments))

Whoever needs it asks ``joined()``, in the order of ``INSTALLED_APPS``, or one of the functions below; what nobody
contributed is empty. What is slow to import (a solver, NumPy) is imported inside what was contributed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, time, timedelta, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypedDict
from uuid import UUID

from celery.schedules import crontab

from core.people import Person

if TYPE_CHECKING:
    from core.audit import Act


class Scope(str):
    """Something that a token may do, as in ``read:profile``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the staff portal's navigation; the lower its position, the higher it stands."""

    title: str
    position: int


JOBS = Section("Imports and jobs", 80)
OPERATIONS = Section("Operations", 90)


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A table of the staff portal, as in ``core.auditentry``, for those who may view it."""

    section: Section
    title: str
    icon: str
    model: str


class Schedule(TypedDict):
    """When a task is started, by the name of the task."""

    task: str
    schedule: timedelta | crontab


@dataclass(frozen=True, slots=True)
class Wishes:
    """Where a person looks for news, and when they want none; quiet hours are by the clock of their zone."""

    in_app: bool = True
    # Empty where they want no mail.
    address: str = ""
    zone: tzinfo = UTC
    quiet_from: time = time.min
    quiet_until: time = time.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Money that has to leave on a day: ``amount`` is positive, ``kind`` one word such as ``debt`` or ``goal``.

    ``account_id`` is the ledger's account that this pays off, whose balance then does not count a second time.
    """

    day: date
    amount: Decimal
    currency: str
    name: str
    kind: str
    account_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDebt:
    """A debt as it stands today; amounts are in its currency and not negative.

    ``monthly_payment`` is its next minimum, ``account_id`` the ledger's account of it, whose balance then does not
    count a second time.
    """

    id: UUID
    name: str
    currency: str
    balance: Decimal
    monthly_payment: Decimal
    account_id: UUID | None


class PersonFollower(Protocol):
    def __call__(self, user: Person, /) -> object: ...


class ObligationsOf(Protocol):
    def __call__(self, user: Person, /, *, today: date, until: date) -> Iterable[Obligation]: ...


class DebtsOf(Protocol):
    """The debts of people by these people's ids, in each one's own order; who has none may be left out."""

    def __call__(self, people: Collection[UUID], /, *, today: date) -> Mapping[UUID, Iterable[OwedDebt]]: ...


class DemoLoader(Protocol):
    """Gives the demo person what an app has to show; returns how many rows of the ledger came with it."""

    def __call__(self, demo: Person, /, *, act: "Act", today: date) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """What one app declares; everything is optional."""

    scopes: tuple[Scope, ...] = ()
    # Names of components in the API's reference, and the dotted path of the choices that each stands for.
    enums: Mapping[str, str] = field(default_factory=dict)
    # What the reference says of each first word of an address.
    tags: Mapping[str, str] = field(default_factory=dict)
    staff_pages: tuple[StaffPage, ...] = ()
    # By the entry's name.
    schedule: Mapping[str, Schedule] = field(default_factory=dict)
    # Gives a new person what the app keeps for everybody, inside the transaction that makes the person.
    prepare_person: PersonFollower | None = None
    # Follows a changed base currency, inside the transaction that changes it.
    follow_base_currency: PersonFollower | None = None
    # By kind of row, as in ``core.notification``: who is given a person's id once a change of theirs is committed.
    follow_rows: Mapping[str, Callable[[UUID], None]] = field(default_factory=dict)
    wishes: Callable[[Collection[UUID]], Mapping[UUID, Wishes]] | None = None
    obligations: ObligationsOf | None = None
    debts_owed: DebtsOf | None = None
    demo: DemoLoader | None = None


_joined: list[Contributions] = []
# The settings of the schema and of Beat hold these themselves: they are read after all apps have joined.
enums: dict[str, str] = {}
tags: list[dict[str, str]] = []
schedule: dict[str, Schedule] = {}


def join(contributions: Contributions) -> None:
    """Take part; called once by each app, when it is ready."""
    _joined.append(contributions)
    enums.update(contributions.enums)
    tags.extend({"name": name, "description": text} for name, text in contributions.tags.items())
    schedule.update(contributions.schedule)


def joined() -> Iterator[Contributions]:
    """What each app contributes."""
    return iter(_joined)


def obligations(user: Person, *, today: date, until: date) -> list[Obligation]:
    """Everything that a person has to pay from today up to a day, in the order of days."""
    found = [
        each
        for app in _joined
        if app.obligations is not None
        for each in app.obligations(user, today=today, until=until)
    ]
    return sorted(found, key=lambda each: (each.day, each.kind, each.name))


def debts_owed(user: Person, *, today: date) -> dict[UUID, OwedDebt]:
    """The person's debts by their ids, in their own order."""
    return debts_owed_of([user.pk], today=today)[user.pk]


def debts_owed_of(people: Collection[UUID], *, today: date) -> dict[UUID, dict[UUID, OwedDebt]]:
    """``debts_owed`` of each of these people, whose day it is, by the people's ids."""
    found: dict[UUID, dict[UUID, OwedDebt]] = {person: {} for person in people}
    for app in _joined:
        if app.debts_owed is not None:
            for person, debts in app.debts_owed(people, today=today).items():
                found[person].update((debt.id, debt) for debt in debts)
    return found
