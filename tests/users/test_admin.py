"""Staff's view of people."""

import pytest
from django.core import mail

from core.models import AuditEntry
from tests.factories import PASSWORD
from tests.portal import choose, page, portal, press, staff, superuser, text
from users.models import Profile, User

MANAGER = ("users.view_user", "users.change_user", "users.add_user")


def form_of(person, **changes):
    form = {
        "name": person.name, "country": person.country, "base_currency": person.base_currency,
        "time_zone": person.time_zone, "locale": person.locale,
        "profile-TOTAL_FORMS": 0, "profile-INITIAL_FORMS": 0, "preferences-TOTAL_FORMS": 0,
        "preferences-INITIAL_FORMS": 0, "settings-TOTAL_FORMS": 0, "settings-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**form, **changes}


def test_people_are_found_by_part_of_their_e_mail(alice, bob):
    shown = text(portal(staff(groups=["Support"])).get(page("users_user"), {"q": "ALICE@"}))

    assert "alice@example.org" in shown
    assert "bob@example.org" not in shown


def test_no_page_shows_a_password_or_its_hash(alice):
    shown = text(portal(superuser()).get(page("users_user", "change", alice.pk)))

    assert alice.password not in shown
    assert "hash" not in shown.lower()
    assert 'name="password"' not in shown


def test_a_hash_that_is_sent_along_is_ignored(alice):
    before = alice.password

    portal(superuser()).post(
        page("users_user", "change", alice.pk), form_of(alice, name="Al", password="md5$x$y")
    )

    alice.refresh_from_db()
    assert alice.name == "Al"
    assert alice.password == before


@pytest.mark.parametrize("way", ["list", "page"])
def test_deactivating_a_person_ends_their_tokens_at_once(alice, alice_api, way):
    member = staff(permissions=MANAGER)
    assert alice_api.get("/api/v1/users/me").status_code == 200

    if way == "list":
        choose(portal(member), "users_user", "deactivate_chosen", alice)
    else:
        press(portal(member), "users_user", "deactivate_one", alice)

    alice.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert not alice.is_active
    assert alice.token_version == 2
    assert alice_api.get("/api/v1/users/me").status_code == 401
    assert (entry.user, entry.actor, entry.via) == (alice, member, "admin")
    assert entry.changes == {"is_active": [True, False]}


def test_an_activated_person_signs_in_again_but_old_tokens_stay_dead(alice, alice_api, api):
    client = portal(staff(permissions=MANAGER))
    press(client, "users_user", "deactivate_one", alice)

    press(client, "users_user", "activate_one", alice)

    signed_in = api.post("/api/v1/auth/login", {"email": alice.email, "password": PASSWORD})
    assert signed_in.status_code == 200
    assert alice_api.get("/api/v1/users/me").status_code == 401


def test_opening_the_question_deactivates_nobody(alice):
    portal(superuser()).get(page("users_user", "deactivate_one", alice.pk))

    alice.refresh_from_db()
    assert alice.is_active


def test_nobody_deactivates_themselves(db):
    root = superuser()

    choose(portal(root), "users_user", "deactivate_chosen", root)

    root.refresh_from_db()
    assert root.is_active
    assert not AuditEntry.objects.exists()


def test_support_may_not_deactivate(alice):
    client = portal(staff(groups=["Support"]))

    choose(client, "users_user", "deactivate_chosen", alice)
    response = press(client, "users_user", "deactivate_one", alice)

    alice.refresh_from_db()
    assert response.status_code == 403
    assert alice.is_active


def test_only_a_superuser_touches_staff(db):
    colleague = staff("colleague@example.org")
    client = portal(staff(permissions=MANAGER))

    press(client, "users_user", "deactivate_one", colleague)
    choose(client, "users_user", "deactivate_chosen", colleague)
    refused = client.post(page("users_user", "change", colleague.pk), form_of(colleague, name="Mallory"))
    password = client.get(f"/admin/users/user/{colleague.pk}/password/")

    colleague.refresh_from_db()
    assert (refused.status_code, password.status_code) == (403, 403)
    assert colleague.is_active
    assert colleague.name != "Mallory"


def test_nobody_but_a_superuser_makes_staff(alice):
    client = portal(staff(permissions=MANAGER))

    client.post(page("users_user", "change", alice.pk), form_of(alice, is_staff="on", is_superuser="on"))

    alice.refresh_from_db()
    assert not alice.is_staff
    assert not alice.is_superuser


def test_what_a_superuser_grants_is_in_the_trail(alice):
    portal(superuser()).post(page("users_user", "change", alice.pk), form_of(alice, is_staff="on"))

    alice.refresh_from_db()
    assert alice.is_staff
    assert AuditEntry.objects.get().changes == {"is_staff": [False, True]}


def test_a_corrected_name_is_in_the_trail_once(alice):
    member = staff(permissions=MANAGER)

    portal(member).post(page("users_user", "change", alice.pk), form_of(alice, name="Alicia"))

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.via, entry.changes) == (member, "admin", {"name": ["Alice", "Alicia"]})


def test_an_unknown_currency_is_refused_in_the_form(alice):
    response = portal(superuser()).post(
        page("users_user", "change", alice.pk), form_of(alice, base_currency="XXQ")
    )

    alice.refresh_from_db()
    assert response.status_code == 200
    assert alice.base_currency == "EUR"


def test_a_password_set_by_staff_ends_every_session(alice, alice_api):
    new = "another long walk in May"

    response = portal(staff(permissions=MANAGER)).post(
        f"/admin/users/user/{alice.pk}/password/",
        {"password1": new, "password2": new, "usable_password": "true"},
    )

    alice.refresh_from_db()
    assert response.status_code == 302
    assert alice.check_password(new)
    assert alice_api.get("/api/v1/users/me").status_code == 401
    assert list(AuditEntry.objects.get().changes) == ["password_set_at"]


def test_a_weak_password_changes_nothing(alice, alice_api):
    portal(superuser()).post(
        f"/admin/users/user/{alice.pk}/password/",
        {"password1": "short", "password2": "short", "usable_password": "true"},
    )

    assert alice_api.get("/api/v1/users/me").status_code == 200
    assert not AuditEntry.objects.exists()


def test_signing_a_person_out_lets_them_sign_in_again(alice, alice_api, api):
    press(portal(staff(permissions=MANAGER)), "users_user", "sign_out_one", alice)

    assert alice_api.get("/api/v1/users/me").status_code == 401
    assert api.post("/api/v1/auth/login", {"email": alice.email, "password": PASSWORD}).status_code == 200
    assert list(AuditEntry.objects.get().changes) == ["signed_out_at"]


def test_a_person_added_by_staff_chooses_their_own_password(db, commits):
    with commits():
        portal(staff(permissions=MANAGER)).post(
            page("users_user", "add"), {"email": "New@Example.org", "name": "New"}
        )

    person = User.objects.get(email="new@example.org")
    assert Profile.objects.filter(user=person).exists()
    assert person.categories.exists()
    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    assert AuditEntry.objects.get().action == "created"


def test_an_address_that_is_taken_is_refused_in_the_form(alice):
    response = portal(superuser()).post(page("users_user", "add"), {"email": "ALICE@example.org", "name": ""})

    assert response.status_code == 200
    assert "There is an account with this e-mail address already." in text(response)


def test_nobody_is_deleted_here(alice):
    response = portal(superuser()).post(page("users_user", "delete", alice.pk), {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=alice.pk).exists()


def test_income_is_seen_with_its_permission_only(alice):
    Profile.objects.filter(user=alice).update(monthly_income="4321.50")

    hidden = text(portal(staff(groups=["Support"])).get(page("users_user", "change", alice.pk)))
    seen = text(portal(superuser()).get(page("users_user", "change", alice.pk)))

    assert "4321.5" not in hidden
    assert "4321.5" in seen


def test_groups_are_a_superusers_to_change(db):
    client = portal(staff(permissions=("auth.view_group", "auth.change_group", "auth.add_group")))

    assert client.post(page("auth_group", "add"), {"name": "Mine"}).status_code == 403


def test_a_changed_group_is_in_the_trail(db):
    portal(superuser()).post(page("auth_group", "add"), {"name": "Auditors"})

    entry = AuditEntry.objects.get()
    assert (entry.object_type, entry.changes["name"]) == ("auth.group", [None, "Auditors"])
