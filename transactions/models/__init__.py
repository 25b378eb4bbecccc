"""The ledger's tables."""

from transactions.models.accounts import Account
from transactions.models.classification import Category, Merchant, Tag
from transactions.models.ledger import Split, Transaction, Transfer

__all__ = ["Account", "Category", "Merchant", "Split", "Tag", "Transaction", "Transfer"]
