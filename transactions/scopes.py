"""What a token may do with the ledger."""

from core.hooks import Scope

READ_TRANSACTIONS = Scope("read:transactions")
WRITE_TRANSACTIONS = Scope("write:transactions")

ALL = (READ_TRANSACTIONS, WRITE_TRANSACTIONS)
