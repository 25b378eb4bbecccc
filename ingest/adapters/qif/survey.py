"""A first pass over the file: in which order its days stand and which mark its amounts have."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from ingest.adapters.qif.days import is_american, plain_day
from ingest.adapters.qif.records import Header, Record
from ingest.adapters.qif.sections import Section, section_of
from ingest.domain.amounts import decide_decimal_mark
from ingest.domain.dates import DateOrder, decide_date_order
from ingest.domain.guess import Guess

_MOST_SAMPLES = 2_000
_MOST_RECORDS = 50_000


class Habits(NamedTuple):
    """How a file writes days and amounts."""

    date_order: Guess[DateOrder]
    decimal_mark: Guess[str]


def survey(records: Iterable[Header | Record]) -> Habits:
    """The habits of a file, from the first 2,000 different days and amounts in its first 50,000 records."""
    days: dict[str, None] = {}
    amounts: dict[str, None] = {}
    american = False
    section: Section | None = Section.LEDGER
    for record in islice(records, _MOST_RECORDS):
        if isinstance(record, Header):
            section = section_of(record.name) or section
            continue
        if section not in (Section.LEDGER, Section.INVESTMENT):
            continue
        day = record.values.get("D", "")
        american = american or is_american(day)
        _keep(days, plain_day(day))
        _keep(amounts, record.amount)
        if len(days) >= _MOST_SAMPLES and len(amounts) >= _MOST_SAMPLES:
            break
    favoured = DateOrder.MDY if american else None
    return Habits(decide_date_order(list(days), favoured=favoured), decide_decimal_mark(amounts))


def _keep(samples: dict[str, None], text: str) -> None:
    if text and len(samples) < _MOST_SAMPLES:
        samples[text] = None
