"""What can be odd about a SWIFT statement."""

from enum import StrEnum


class Oddity(StrEnum):
    """What a person should know although the statement was read, in the words they are told."""

    BALANCE = "Statements whose rows do not lead from the opening to the closing balance"
    NO_CLOSING = "Statements without a closing balance: the end may be missing"
    NOT_A_DAY = "Days that no calendar has, taken as the last one of their month"
    ENTRY_DAY = "Booking days that cannot be read, the value date counts"
    UNLISTED = "More accounts than can be listed"
    DAMAGED = "Characters that cannot be read in this encoding, shown as \N{REPLACEMENT CHARACTER}"
