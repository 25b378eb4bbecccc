"""Statements as delimited text."""

from ingest.adapters.csv.reader import CsvReader

__all__ = ["CsvReader"]
