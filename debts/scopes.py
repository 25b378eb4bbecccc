"""What a token may do with debts."""

from core.hooks import Scope

READ_DEBTS = Scope("read:debts")
WRITE_DEBTS = Scope("write:debts")

ALL = (READ_DEBTS, WRITE_DEBTS)
