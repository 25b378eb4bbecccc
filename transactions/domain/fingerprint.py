"""How a row of a statement is recognised when it comes again."""

import hashlib
from collections import Counter
from datetime import date
from decimal import Decimal


class Fingerprints:
    """Gives each row of one statement an external id that the next reading of the same row gets too.

    The id is a hash of day, amount, currency and the bank's own reference (the text where there is none), and
    of how many alike came before it on the same account of the statement. Two genuine identical purchases so
    stay two, and a statement that overlaps this one gives its copies of both the same two ids. The bank's
    reference alone would not do: some banks begin their numbering again every day.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()

    def external_id(
        self,
        *,
        account: str,
        day: date,
        amount: Decimal,
        currency: str,
        description: str,
        reference: str | None,
    ) -> str:
        """The id of the next row, unique among the rows of its account."""
        what = f"ref:{reference}" if reference else f"text:{' '.join(description.casefold().split())}"
        content = "\x1f".join((day.isoformat(), f"{amount.normalize():f}", currency, what))
        digest = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
        alike = (account, digest)
        self._seen[alike] += 1
        return f"{digest}-{self._seen[alike]}"
