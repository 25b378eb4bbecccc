"""Reading the ledger, by subject."""
