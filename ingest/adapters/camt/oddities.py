"""What can be odd about a CAMT file."""

from enum import StrEnum


class Oddity(StrEnum):
    """What a person should know although the statement was read, in the words they are told."""

    BALANCE = "Statements whose rows do not lead from the opening to the closing balance"
    NO_DAY = "Entries without a booking date, the value date counts"
    STATUS = "Unknown states of entries, taken as not yet booked"
    CURRENCY = "Not a currency code, taken as not stated"
    UNLISTED = "More accounts than can be listed"
    DAMAGED = "Characters that cannot be read in this encoding, shown as \N{REPLACEMENT CHARACTER}"
