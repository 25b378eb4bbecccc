"""What can be odd about a QIF file."""

from enum import StrEnum


class Oddity(StrEnum):
    """What a person should know although the file was read, in the words they are told."""

    OTHER_ORDER = "Days that are none in the order of the others, read in the one in which they are"
    SPLITS = "Splits that do not add up to their amount, which counts"
    NO_END = "Entries without ^ at their end, read as they stand"
    SECURITIES = "Entries about securities left out, only cash movements are read"
    MEMORIZED = "Memorized payments left out, they are patterns and not movements"
    UNLISTED = "More accounts than can be listed"
    DAMAGED = "Characters that cannot be read in this encoding, shown as \N{REPLACEMENT CHARACTER}"
