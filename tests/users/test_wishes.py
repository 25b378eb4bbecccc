"""How people want to be told, as other apps hear of it."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from core.notifications.wishes import UNSAID, Wishes
from core.notifications.wishes import wishes_of as asked
from tests.factories import PersonFactory
from users.models import User
from users.selectors import wishes_of

SOFIA = {"time_zone": "Europe/Sofia", "email": "carol@example.org"}


def test_a_newcomer_wants_everything_but_not_at_night(db):
    carol = PersonFactory(**SOFIA)

    assert not carol.is_verified
    assert wishes_of([carol.pk]) == {
        carol.pk: Wishes(
            in_app=True,
            address="carol@example.org",
            zone=ZoneInfo("Europe/Sofia"),
            quiet_from=dt.time(21),
            quiet_until=dt.time(8),
        )
    }


def test_who_wants_no_mail_or_may_not_sign_in_has_no_address(alice, bob):
    alice.preferences.notify_by_email = False
    alice.preferences.save()
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert {each.address for each in wishes_of([alice.pk, bob.pk]).values()} == {""}


def test_all_are_asked_about_at_once(alice, bob, django_assert_num_queries):
    nobody = uuid.uuid4()

    with django_assert_num_queries(1):
        wishes = asked([alice.pk, bob.pk, nobody])

    assert list(wishes) == [alice.pk, bob.pk, nobody]
    assert wishes[nobody] == UNSAID
