"""ISO 20022 statements: camt.052, camt.053 and camt.054."""

from ingest.adapters.camt.reader import CamtReader

__all__ = ["CamtReader"]
