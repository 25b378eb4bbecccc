"""Which columns say what a row is about, whose account it is on, and what the bank calls it."""

from collections.abc import Sequence

from ingest.adapters.csv.money_columns import Table
from ingest.adapters.csv.profiles import ColumnProfile
from ingest.domain.account_numbers import looks_like_iban
from ingest.domain.column_roles import ColumnRole
from ingest.domain.column_vocabulary import names_something_foreign, plain, roles_of_name

_ROWS_TO_TRUST_CONSTANTS = 2
_SHORTEST_TEXT = 5
_MAX_DIRECTION_WORDS = 0.6
_BANK_CODES = frozenset(
    ("blz", "bic", "swift", "bankleitzahl", "bic swift", "bank code", "sort code", "kod banky")
)


def description_columns(table: Table, roles: dict[ColumnRole, int]) -> tuple[int, ...]:
    """Who is paid first, then what for; the kind of movement only where nothing else says anything."""
    free = [
        index
        for index, profile in enumerate(table.profiles)
        if index not in roles.values() and profile.directions <= _MAX_DIRECTION_WORDS
    ]
    payees = _strongest(table, free, ColumnRole.PAYEE)
    texts = _strongest(table, [index for index in free if index not in payees], ColumnRole.DESCRIPTION)
    chosen = (*payees, *texts)
    if any(table.profiles[index].filled for index in chosen):
        return chosen
    kinds = [
        index
        for index in free
        if table.strength(index, ColumnRole.KIND) >= 0.5 and table.profiles[index].filled
    ]
    return (*chosen, *_by_content(table, free)) or (*chosen, *kinds)


def account_column(table: Table, roles: dict[ColumnRole, int]) -> int | None:
    """The column of the person's own account: few different values, and not the account of a payee."""
    named = [
        index
        for index, profile in enumerate(table.profiles)
        if index not in roles.values()
        and table.strength(index, ColumnRole.ACCOUNT) >= 0.6
        and _could_be_own_account(profile)
        and not _belongs_to_payee(table, index)
    ]
    if named:
        return max(named, key=lambda index: _account_rank(table, index))
    if any(table.names):
        return None
    constant = [
        index
        for index, profile in enumerate(table.profiles)
        if index not in roles.values() and _is_own_number(profile)
    ]
    return constant[0] if constant else None


def reference_column(table: Table, roles: dict[ColumnRole, int]) -> int | None:
    """A column of the bank's own references, only where each row of the sample has its own and they do not
    merely count.
    """
    candidates = [
        (-table.strength(index, ColumnRole.REFERENCE), index)
        for index, profile in enumerate(table.profiles)
        if index not in roles.values()
        and table.strength(index, ColumnRole.REFERENCE) >= 0.6
        and _is_unique(profile)
        and _has_digits(profile)
        and not _merely_counts(profile)
        and (profile.filled > 1 or "id" in plain(table.names[index]).split())
    ]
    return min(candidates)[1] if candidates else None


def _strongest(table: Table, free: Sequence[int], role: ColumnRole) -> list[int]:
    """The columns that name the role outright; columns that hint at it only where none does."""
    strengths = {
        index: table.strength(index, role)
        for index in free
        if table.profiles[index].filled or any(table.names)
    }
    outright = [index for index in free if strengths.get(index, 0.0) >= 0.9]
    if any(table.profiles[index].filled for index in outright):
        return outright
    hinting = [
        index for index in free if strengths.get(index, 0.0) >= 0.4 and table.profiles[index].words >= 0.3
    ]
    return outright or [index for index in hinting if not _is_constant(table.profiles[index])]


def _by_content(table: Table, free: Sequence[int]) -> list[int]:
    """The column with the longest texts, and others that differ from row to row and are not much shorter."""
    worded = [
        index
        for index in free
        if table.profiles[index].words >= 0.5
        and not table.profiles[index].is_dates
        and not _is_code(table, index)
    ]
    if not worded:
        return []
    longest = max(worded, key=lambda index: table.profiles[index].length * (0.2 + table.profiles[index].fill))
    enough = max(_SHORTEST_TEXT, 0.35 * table.profiles[longest].length)
    return [
        index
        for index in worded
        if index == longest or (table.profiles[index].length >= enough and table.profiles[index].distinct > 1)
    ]


def _is_code(table: Table, index: int) -> bool:
    profile = table.profiles[index]
    coded = max(profile.ibans, profile.currencies, profile.directions) > 0.9
    return coded or table.strength(index, ColumnRole.OTHER) >= 0.9 or _is_own_number(profile)


def _is_constant(profile: ColumnProfile) -> bool:
    return profile.distinct == 1 and profile.filled > _ROWS_TO_TRUST_CONSTANTS


def _could_be_own_account(profile: ColumnProfile) -> bool:
    few = max(3, len(profile.cells) // 5)
    return profile.fill >= 0.5 and profile.distinct <= few and not profile.is_dates and profile.length <= 60


def _belongs_to_payee(table: Table, index: int) -> bool:
    """Whether the column beside it names a payee before it, or the payee's bank behind it."""
    if index == 0:
        return False
    if index + 1 < len(table.names) and plain(table.names[index + 1]) in _BANK_CODES:
        return True
    before = roles_of_name(table.names[index - 1])
    return before.get(ColumnRole.PAYEE, 0.0) >= 0.6 or names_something_foreign(table.names[index])


def _account_rank(table: Table, index: int) -> tuple[bool, float, bool, int]:
    profile = table.profiles[index]
    digits = any(letter.isdigit() for cell in profile.cells for letter in cell)
    return (
        digits,
        table.strength(index, ColumnRole.ACCOUNT),
        profile.ibans > 0.5 or "iban" in table.names[index].casefold(),
        -index,
    )


def _is_own_number(profile: ColumnProfile) -> bool:
    if profile.distinct != 1 or profile.fill < 1.0 or profile.filled < _ROWS_TO_TRUST_CONSTANTS:
        return False
    value = profile.cells[0]
    return looks_like_iban(value) or (value.isdigit() and len(value) >= 8 and not profile.is_dates)


def _is_unique(profile: ColumnProfile) -> bool:
    return (
        profile.filled == len(profile.cells) > 0
        and profile.distinct == profile.filled
        and 3 <= profile.length <= 80
    )


def _has_digits(profile: ColumnProfile) -> bool:
    return all(any(letter.isdigit() for letter in cell) for cell in profile.cells)


def _merely_counts(profile: ColumnProfile) -> bool:
    if not all(cell.isdigit() for cell in profile.cells):
        return False
    numbers = sorted(int(cell) for cell in profile.cells)
    return numbers[0] <= 1 and numbers[-1] - numbers[0] == len(numbers) - 1
