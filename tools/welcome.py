"""What a person reads once Solvent is up."""

import json
from pathlib import Path

_BLOCK = """
  Solvent is running. Ctrl-C ends it; your data stays in {data}

    API     {base}/api/v1/
    Docs    {base}/docs
    Admin   {base}/admin/
{sign_in}"""

_SIGN_IN = """
    Demo person (API)    {demo[email]}   {demo[password]}
    Staff (admin)        {staff[email]}   {staff[password]}

  Try it:
    curl -s {base}/api/v1/auth/login -H 'Content-Type: application/json' \\
      -d '{{"email": "{demo[email]}", "password": "{demo[password]}"}}'
"""


def welcome(base: str, data: Path) -> str:
    """Addresses, and how to sign in as the two people whom ``load_demo`` has written down."""
    people = data / "sign-in.json"
    sign_in = _SIGN_IN.format(base=base, **json.loads(people.read_text())) if people.is_file() else ""
    return _BLOCK.format(base=base, data=data, sign_in=sign_in)
