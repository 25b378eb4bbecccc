"""What can be odd about an OFX file."""

from enum import StrEnum


class Oddity(StrEnum):
    """A way to depart from the standard that still lets a file be read, in the words a person is told."""

    EMPTY = "Tags without a value, taken as not stated"
    UNKNOWN_TAG = "Tags the standard does not have here, left aside"
    TOO_LONG = "Longer than the standard allows, kept whole"
    UNKNOWN_VALUE = "Values the standard does not have, read as far as they are plain"
    MISSING = "Required by the standard, but missing"
    NOT_CLOSED = "Closing tags missing, ended where the next part begins"
    CUT = "Text beyond 4,000 characters cut off"
    SIGN = "Type and sign disagree, the sign of the amount counts"
    LONE_SEPARATOR = "A single comma or point is the decimal one by the standard, not a thousands separator"
    CURRENCY = "Not a currency code, taken as not stated"
    REPLACED = "Entries that replace one the bank sent before"
    DELETED = "Entries the bank withdraws; nothing is booked for them, an earlier one may have to go"
    SECURITIES = "Entries about securities left out, only cash movements are read"
    DAMAGED = "Characters that cannot be read in this encoding, shown as \N{REPLACEMENT CHARACTER}"
    UNLISTED = "More accounts than can be listed"
