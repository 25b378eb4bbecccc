"""OFX and QFX statement files."""

from ingest.adapters.ofx.reader import OfxReader

__all__ = ["OfxReader"]
