"""QIF files, as Quicken and many banks write them."""

from ingest.adapters.qif.reader import QifReader

__all__ = ["QifReader"]
