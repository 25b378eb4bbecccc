"""When a person may be spoken to."""

from datetime import UTC, datetime, time, timedelta, tzinfo


def deliverable_at(now: datetime, *, zone: tzinfo, quiet_from: time, quiet_until: time) -> datetime:
    """``now`` outside of quiet hours, otherwise the next instant at which the person's clock comes to their end.

    Quiet is from ``quiet_from`` until just before ``quiet_until``, over midnight where that is the earlier of the
    two, and never where they are the same. The clock on the wall decides: an end that it jumps over in spring is
    the moment of the jump, and an end that it shows twice in autumn counts each time.
    """
    there = now.astimezone(zone)
    clock = there.time()
    if not _is_quiet(clock, quiet_from, quiet_until):
        return now
    day = there.date() + timedelta(days=clock >= quiet_until)
    end = datetime.combine(day, quiet_until, zone)
    first, second = (end.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        landed = _jump(second, first, zone)
        # Where a whole day was skipped, the clock lands in quiet hours again.
        return deliverable_at(landed, zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)
    return first if first > now else second


def _is_quiet(clock: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def _jump(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The second at which the zone's clock jumps between two instants: a zone does not say when, so halve."""
    offset = before.astimezone(zone).utcoffset()
    while seconds := (after - before) // timedelta(seconds=2):
        middle = before + timedelta(seconds=seconds)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
