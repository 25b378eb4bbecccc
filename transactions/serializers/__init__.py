"""What the ledger looks like in the API."""
