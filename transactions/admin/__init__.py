"""Staff's view of the ledger. Every page needs the permission to view its table."""

from transactions.admin import accounts, classification, ledger, reconciliations, recurring, rule_runs, rules

__all__ = ["accounts", "classification", "ledger", "reconciliations", "recurring", "rule_runs", "rules"]
