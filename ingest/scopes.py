"""What a token may do with imports."""

from core.hooks import Scope

READ_IMPORTS = Scope("read:imports")
WRITE_IMPORTS = Scope("write:imports")

ALL = (READ_IMPORTS, WRITE_IMPORTS)
