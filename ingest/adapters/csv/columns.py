"""Which column holds what, by its name where there is one and by its cells always."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ingest.adapters.csv.money_columns import Table, money_columns
from ingest.adapters.csv.profiles import MOSTLY, ColumnProfile
from ingest.adapters.csv.text_columns import account_column, description_columns, reference_column
from ingest.domain.column_roles import ColumnRole
from ingest.domain.column_vocabulary import names_something_foreign

_ALMOST_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Columns:
    """Index of the column for each role; a description may be joined from several."""

    roles: dict[ColumnRole, int]
    description: tuple[int, ...] = field(default=())
    confidence: float = 0.0

    def get(self, role: ColumnRole) -> int | None:
        """The index of a role's column, None where the file has none."""
        return self.roles.get(role)


def assign_columns(table: Table) -> Columns:
    """The roles of a table's columns; date and amount (or debit / credit) are missing where none can be
    found.
    """
    roles: dict[ColumnRole, int] = {}
    _take_dates(table, roles)
    roles.update(money_columns(table, taken=set(roles.values())))
    for role, fits in _BY_NAME:
        _take_best(table, roles, role, fits)
    _take_currency_by_content(table, roles)
    _take_direction_by_content(table, roles)
    account = account_column(table, roles)
    if account is not None:
        roles[ColumnRole.ACCOUNT] = account
    reference = reference_column(table, roles)
    if reference is not None:
        roles[ColumnRole.REFERENCE] = reference
    return Columns(roles, description_columns(table, roles), _confidence(table, roles))


def _take_dates(table: Table, roles: dict[ColumnRole, int]) -> None:
    dated = [
        index
        for index, profile in enumerate(table.profiles)
        if profile.is_dates and not _is_money_name(table, index)
    ]
    named = [
        index
        for index in dated
        if table.strength(index, ColumnRole.DATE) >= 0.5 and table.profiles[index].fill >= 0.5
    ]
    strong = [index for index in named if table.strength(index, ColumnRole.DATE) >= _ALMOST_ALL]
    valued = [index for index in dated if table.strength(index, ColumnRole.VALUE_DATE) >= 0.5]
    plain_dates = [index for index in dated if index not in valued and table.profiles[index].fill >= 0.5]
    for choice in (strong, named, plain_dates, valued, dated):
        if choice:
            roles[ColumnRole.DATE] = choice[0]
            break
    others = [index for index in (*valued, *named, *dated) if index not in roles.values()]
    if others:
        roles[ColumnRole.VALUE_DATE] = others[0]


def _is_money_name(table: Table, index: int) -> bool:
    money = (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT, ColumnRole.BALANCE)
    return table.profiles[index].is_money and any(
        table.strength(index, role) >= _ALMOST_ALL for role in money
    )


def _is_time(profile: ColumnProfile) -> bool:
    return profile.filled > 0 and all(":" in cell or cell.isdigit() for cell in profile.cells if cell)


def _is_text(profile: ColumnProfile) -> bool:
    return profile.filled > 0 and profile.words >= 0.5


def _is_currency(profile: ColumnProfile) -> bool:
    return profile.currencies >= MOSTLY


def _is_direction(profile: ColumnProfile) -> bool:
    return profile.directions >= _ALMOST_ALL


def _is_mcc(profile: ColumnProfile) -> bool:
    return profile.filled > 0 and all(cell.isdigit() and len(cell) <= 4 for cell in profile.cells if cell)


_BY_NAME: tuple[tuple[ColumnRole, Callable[[ColumnProfile], bool]], ...] = (
    (ColumnRole.CURRENCY, _is_currency),
    (ColumnRole.DIRECTION, _is_direction),
    (ColumnRole.TIME, _is_time),
    (ColumnRole.STATE, _is_text),
    (ColumnRole.MCC, _is_mcc),
)


def _take_best(
    table: Table, roles: dict[ColumnRole, int], role: ColumnRole, fits: Callable[[ColumnProfile], bool]
) -> None:
    candidates = [
        (-table.strength(index, role), -round(profile.fill, 1), index)
        for index, profile in enumerate(table.profiles)
        if index not in roles.values() and table.strength(index, role) > 0.5 and fits(profile)
    ]
    if candidates:
        roles[role] = min(candidates)[2]


def _unclaimed(table: Table, roles: dict[ColumnRole, int]) -> Sequence[int]:
    return [
        index
        for index, name in enumerate(table.names)
        if index not in roles.values() and not names_something_foreign(name)
    ]


def _take_currency_by_content(table: Table, roles: dict[ColumnRole, int]) -> None:
    if ColumnRole.CURRENCY in roles:
        return
    amount = roles.get(ColumnRole.AMOUNT, roles.get(ColumnRole.DEBIT, 0))
    candidates = [
        index for index in _unclaimed(table, roles) if table.profiles[index].currencies >= _ALMOST_ALL
    ]
    candidates = [index for index in candidates if table.profiles[index].fill >= _ALMOST_ALL]
    if candidates:
        roles[ColumnRole.CURRENCY] = min(candidates, key=lambda index: (abs(index - amount), index))


def _take_direction_by_content(table: Table, roles: dict[ColumnRole, int]) -> None:
    amount = roles.get(ColumnRole.AMOUNT)
    if ColumnRole.DIRECTION in roles or amount is None or table.profiles[amount].negatives:
        return
    for index in _unclaimed(table, roles):
        profile = table.profiles[index]
        if profile.directions == 1.0 and len({cell.casefold() for cell in profile.cells if cell}) <= 2:
            roles[ColumnRole.DIRECTION] = index
            return


def _confidence(table: Table, roles: dict[ColumnRole, int]) -> float:
    money = [role for role in (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT) if role in roles]
    if ColumnRole.DATE not in roles or not money:
        return 0.0
    named = [max(table.strength(roles[role], role), 0.5) for role in (ColumnRole.DATE, *money)]
    return round(0.98 * sum(named) / len(named), 2)
