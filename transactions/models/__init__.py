"""The ledger's tables."""

from transactions.models.accounts import Account
from transactions.models.classification import Category, Merchant, Tag
from transactions.models.evidence import KeptApart, Sighting, Verdict
from transactions.models.ledger import Split, Transaction, Transfer
from transactions.models.reconciliation import Reconciliation
from transactions.models.recurring import RecurringSeries
from transactions.models.rules import Rule, RuleRun

__all__ = [
    "Account",
    "Category",
    "KeptApart",
    "Merchant",
    "Reconciliation",
    "RecurringSeries",
    "Rule",
    "RuleRun",
    "Sighting",
    "Split",
    "Tag",
    "Transaction",
    "Transfer",
    "Verdict",
]
