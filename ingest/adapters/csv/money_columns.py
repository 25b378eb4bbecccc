"""Which columns hold the amounts, the fee and the running balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from ingest.adapters.csv.profiles import MOSTLY, ColumnProfile, column_decimal_mark, money_values
from ingest.domain.balances import weigh_balances
from ingest.domain.column_roles import ColumnRole
from ingest.domain.column_vocabulary import names_something_foreign, roles_of_name
from ingest.domain.statement_words import sounds_like_income, sounds_like_spending

_MONEY_ROLES = (ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT, ColumnRole.BALANCE, ColumnRole.FEE)
_LONGEST_WHOLE_NUMBER = 9


@dataclass(frozen=True)
class Table:
    """The names of a table's columns (empty where it has no header) and what their cells look like."""

    names: tuple[str, ...]
    profiles: tuple[ColumnProfile, ...]

    def strength(self, index: int, role: ColumnRole) -> float:
        """How strongly a column's name speaks for a role."""
        return roles_of_name(self.names[index]).get(role, 0.0)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All the words of each row of the sample, for judging what the row is about."""
        worded = [profile.cells for profile in self.profiles if profile.words >= 0.5]
        return tuple(" ".join(cells) for cells in zip(*worded, strict=True)) if worded else ()


def money_columns(table: Table, *, taken: set[int]) -> dict[ColumnRole, int]:
    """The columns for amount or debit and credit, balance and fee; roles nothing speaks for are missing."""
    roles = _by_name(table, taken)
    _settle_rivals(table, roles)
    if not roles.keys() & {ColumnRole.AMOUNT, ColumnRole.DEBIT, ColumnRole.CREDIT}:
        roles.update(_by_content(table, taken | set(roles.values()), balance=roles.get(ColumnRole.BALANCE)))
    elif ColumnRole.AMOUNT in roles and ColumnRole.BALANCE not in roles:
        roles.update(_balance_by_content(table, taken, roles))
    return roles


def _by_name(table: Table, taken: set[int]) -> dict[ColumnRole, int]:
    candidates = sorted(
        (-table.strength(index, role), -round(profile.fill, 1), index, role)
        for index, profile in enumerate(table.profiles)
        for role in _MONEY_ROLES
        if index not in taken and table.strength(index, role) > 0.5 and _fits(profile, role)
    )
    roles: dict[ColumnRole, int] = {}
    for _, _, index, role in candidates:
        if role not in roles and index not in roles.values():
            roles[role] = index
    return roles


def _fits(profile: ColumnProfile, role: ColumnRole) -> bool:
    return profile.is_money or (profile.filled == 0 and role is not ColumnRole.AMOUNT)


def _settle_rivals(table: Table, roles: dict[ColumnRole, int]) -> None:
    """Amount beside debit and credit: they repeat each other, and one of the two is kept."""
    pair = [roles[role] for role in (ColumnRole.DEBIT, ColumnRole.CREDIT) if role in roles]
    if ColumnRole.AMOUNT not in roles or not pair:
        return
    amount = table.profiles[roles[ColumnRole.AMOUNT]]
    whole = len(pair) == 2 and _exclusive(table.profiles[pair[0]], table.profiles[pair[1]])
    if whole and not (amount.negatives and amount.fill >= MOSTLY):
        del roles[ColumnRole.AMOUNT]
        return
    for role in (ColumnRole.DEBIT, ColumnRole.CREDIT):
        roles.pop(role, None)


def _exclusive(first: ColumnProfile, second: ColumnProfile) -> bool:
    """Whether nearly every row has money in exactly one of two columns; a zero counts as none."""
    rows = len(first.cells)
    single = sum(_has_money(a) != _has_money(b) for a, b in zip(first.cells, second.cells, strict=True))
    return rows > 0 and single >= 0.9 * rows


def _has_money(cell: str) -> bool:
    return any(letter in "123456789" for letter in cell)


def _by_content(table: Table, taken: set[int], *, balance: int | None) -> dict[ColumnRole, int]:
    candidates = _candidates(table, taken)
    if balance is None and len(candidates) > 1:
        proven = _proven_by_balance(table, candidates)
        if proven:
            return proven
    pair = _exclusive_pair(table, candidates)
    if pair:
        return _in_and_out(table, pair, [index for index in candidates if index not in pair], balance)
    if not candidates:
        return {}
    amount = max(candidates, key=lambda index: (table.profiles[index].negatives > 0, -index))
    rest = [index for index in candidates if index > amount and table.profiles[index].fill == 1.0]
    found = {ColumnRole.AMOUNT: amount}
    if rest and balance is None and not any(table.names):
        found[ColumnRole.BALANCE] = rest[-1]
    return found


def _candidates(table: Table, taken: set[int]) -> list[int]:
    money = [
        index
        for index, profile in enumerate(table.profiles)
        if index not in taken
        and profile.is_money
        and not _named_otherwise(table.names[index])
        and not _is_number_code(profile)
    ]
    fractions = [index for index in money if table.profiles[index].decimals > 0]
    return fractions or money


def _named_otherwise(name: str) -> bool:
    if names_something_foreign(name):
        return True
    roles = roles_of_name(name)
    return any(
        roles.get(role, 0.0) >= 0.9
        for role in (ColumnRole.OTHER, ColumnRole.REFERENCE, ColumnRole.MCC, ColumnRole.ACCOUNT)
    )


def _is_number_code(profile: ColumnProfile) -> bool:
    digits = [cell for cell in profile.cells if cell]
    long_ones = sum(
        cell.isdigit() and (len(cell) > _LONGEST_WHOLE_NUMBER or cell.startswith("00")) for cell in digits
    )
    return long_ones * 2 > len(digits)


def _proven_by_balance(table: Table, candidates: Sequence[int]) -> dict[ColumnRole, int] | None:
    """An amount column and a balance column whose changes it explains, with its own signs rather than
    without.
    """
    marks = {index: column_decimal_mark(table.profiles[index].cells) for index in candidates}
    values = {index: money_values(table.profiles[index].cells, marks[index]) for index in candidates}
    for unsigned in (False, True):
        for amount, balance in permutations(candidates, 2):
            if weigh_balances(values[amount], values[balance], unsigned=unsigned).proves:
                return {ColumnRole.AMOUNT: amount, ColumnRole.BALANCE: balance}
    return None


def _exclusive_pair(table: Table, candidates: Sequence[int]) -> tuple[int, int] | None:
    for position, first in enumerate(candidates):
        for second in candidates[position + 1 :]:
            both = (table.profiles[first], table.profiles[second])
            if _exclusive(*both) and all(profile.filled and profile.fill < 1.0 for profile in both):
                return first, second
    return None


def _in_and_out(
    table: Table, pair: tuple[int, int], others: Sequence[int], balance: int | None
) -> dict[ColumnRole, int]:
    """Debit and credit without names: money goes out more often than in, and what the rows say tells the
    rest.
    """
    first, second = (_outflow_evidence(table, index) for index in pair)
    debit, credit = pair if first >= second else (pair[1], pair[0])
    roles = {ColumnRole.DEBIT: debit, ColumnRole.CREDIT: credit}
    full = [index for index in others if table.profiles[index].fill >= 0.5]
    if full and balance is None:
        roles[ColumnRole.BALANCE] = full[-1]
    return roles


def _outflow_evidence(table: Table, index: int) -> float:
    profile = table.profiles[index]
    texts = [text for text, cell in zip(table.texts, profile.cells, strict=False) if _has_money(cell)]
    spoken = sum(map(sounds_like_spending, texts)) - sum(map(sounds_like_income, texts))
    return profile.filled + 2.0 * spoken


def _balance_by_content(table: Table, taken: set[int], roles: dict[ColumnRole, int]) -> dict[ColumnRole, int]:
    amount = roles[ColumnRole.AMOUNT]
    others = [index for index in _candidates(table, taken | set(roles.values())) if index != amount]
    cells = table.profiles[amount].cells
    values = money_values(cells, column_decimal_mark(cells))
    for index in others:
        cells = table.profiles[index].cells
        if weigh_balances(values, money_values(cells, column_decimal_mark(cells)), unsigned=True).proves:
            return {ColumnRole.BALANCE: index}
    return {}
