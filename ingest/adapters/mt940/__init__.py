"""SWIFT statements: MT940 and MT942."""

from ingest.adapters.mt940.reader import Mt940Reader

__all__ = ["Mt940Reader"]
