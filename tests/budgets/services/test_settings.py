"""How a person budgets, and what the trail knows of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.services.settings import change_settings, settings_of
from core.models import AuditEntry
from tests.factories import act_of


def test_a_change_is_in_the_audit_trail(alice):
    change_settings(alice, act=act_of(alice), mode="ask", buffer=Decimal("150.00"))

    entry = AuditEntry.objects.get()
    assert (settings_of(alice).mode, settings_of(alice).buffer) == ("ask", 150)
    assert (entry.user, entry.object_type, entry.action) == (alice, "budgets.budgetsettings", "updated")
    assert entry.object_id == alice.pk
    assert entry.changes == {"mode": ["spread", "ask"], "buffer": ["0.0000", "150.00"]}


def test_what_changes_nothing_leaves_no_trail(alice):
    change_settings(alice, act=act_of(alice), mode="spread")

    assert not AuditEntry.objects.exists()


def test_the_database_itself_refuses_more_than_everything(alice):
    with pytest.raises(ValidationError, match=r"more than 100 % together"):
        change_settings(alice, act=act_of(alice), needs=51)
