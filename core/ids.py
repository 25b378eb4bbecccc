"""Row identifiers."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A UUID version 7: 48 bits of Unix milliseconds, 12 of their fraction (a quarter of a microsecond), 62 random.

    Ids made later sort later, so indexes grow at one end and a page can continue after an id; of one process also
    those of one millisecond. Source: RFC 9562, sections 5.7 and 6.2, method 3.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76
    value |= (nanoseconds * 4096 // 1_000_000) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return uuid.UUID(int=value)
