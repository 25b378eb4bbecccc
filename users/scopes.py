"""What a token may do with who a person is."""

from core.hooks import Scope

READ_PROFILE = Scope("read:profile")
WRITE_PROFILE = Scope("write:profile")

ALL = (READ_PROFILE, WRITE_PROFILE)
