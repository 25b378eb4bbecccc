"""The script of the documentation keeps a copy that is the ledger."""

import json
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import AccountFactory, PersonFactory, act_of
from transactions.models import Transaction
from transactions.services.ledger import record_transaction, trash_transaction, update_transaction
from users.tokens import sign_in

SCRIPT = Path(__file__).resolve().parents[1] / "docs" / "sync.py"


@pytest.mark.django_db(transaction=True)
def test_the_script_follows_what_is_made_changed_and_deleted(live_server, tmp_path):
    alice, copy = PersonFactory(), tmp_path / "copy.json"
    account, act = AccountFactory(user=alice), act_of(alice)
    token = sign_in(alice, now=timezone.now()).access

    def copied():
        command = [sys.executable, str(SCRIPT), live_server.url, token, str(copy)]
        subprocess.run(command, check=True, timeout=60)
        return {row["description"] for row in json.loads(copy.read_text())["rows"]["transactions"].values()}

    def follows(texts):
        # Writers anywhere on the database server hold the feed back until they have committed.
        return any(copied() == texts or time.sleep(0.5) for _ in range(60))

    def enter(text):
        fields = {"date": date(2026, 3, 10), "amount": Decimal("-12.50"), "currency": "EUR"}
        return record_transaction(alice, act=act, account=account, description=text, **fields)

    kept, dropped = enter("LIDL"), enter("ALDI")
    assert follows({"LIDL", "ALDI"})

    enter("REWE")
    update_transaction(Transaction.objects.get(pk=kept.pk), act=act, description="Lidl, corrected")
    trash_transaction(dropped, act=act)
    assert follows({"Lidl, corrected", "REWE"})
    assert copied() == {"Lidl, corrected", "REWE"}
