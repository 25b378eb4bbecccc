"""How the amounts of a table are to be understood."""

from enum import StrEnum

FEE_RULES = ("included", "subtracted")
"""Whether the amount contains the fee, or the fee is to be taken off it."""


class SignRule(StrEnum):
    """What makes an amount an outflow.

    ``as_written``: its own minus. ``inverted``: the lack of one, as credit cards do. ``unmarked_out``: the
    lack of any mark, where inflows bear a plus or CR. ``direction``: a word in the direction column.
    ``debit_credit``: its column. ``debit_credit_as_written``: the same, where the debit column bears
    minus signs already. ``balance``: the running balance, which falls.
    """

    AS_WRITTEN = "as_written"
    INVERTED = "inverted"
    UNMARKED_OUT = "unmarked_out"
    DIRECTION = "direction"
    DEBIT_CREDIT = "debit_credit"
    DEBIT_CREDIT_AS_WRITTEN = "debit_credit_as_written"
    BALANCE = "balance"
