"""The demo household, as ``manage.py load_demo`` brings it."""

from io import StringIO
from pathlib import Path

import time_machine
from django.core.management import call_command

from tests.planting import Planted

# The last day of a month.
LOADED_AT = "2026-03-31T12:00:00Z"
SEEN_AT = "2026-03-31T13:00:00Z"


class Household:
    """What the command said and wrote into a data folder, and its rows."""

    def __init__(self, data_dir: Path) -> None:
        said = StringIO()
        with time_machine.travel(LOADED_AT):
            self.planted = Planted("demo", lambda: call_command("load_demo", stdout=said), is_dated=False)
        self.said = said.getvalue()
        self.sign_ins = (data_dir / "sign-in.json").read_text()
