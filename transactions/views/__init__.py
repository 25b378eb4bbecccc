"""The ledger's endpoints: each one call."""
