"""How many stories a state machine tells."""

import os

from django.db import connection

# On SQLite the machine's rules are tried; what can go wrong between them is looked for on PostgreSQL.
ON_SQLITE = 5


def stories(variable: str, in_full: int) -> int:
    """As many as the environment says, or else in full on PostgreSQL and a few on SQLite."""
    usual = in_full if connection.vendor == "postgresql" else ON_SQLITE
    return int(os.environ.get(variable, usual))
