"""What a token may do with goals."""

from core.hooks import Scope

READ_GOALS = Scope("read:goals")
WRITE_GOALS = Scope("write:goals")

ALL = (READ_GOALS, WRITE_GOALS)
