"""What happens in the ledger, by subject."""
