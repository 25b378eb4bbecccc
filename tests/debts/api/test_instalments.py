"""``/api/v1/instalments``: bought now, paid in parts."""

from rest_framework.test import APIClient

from debts.models import InstalmentPurchase

URL = "/api/v1/instalments"
SOFA = {"name": "Sofa", "currency": "EUR", "amount": "100.00", "count": 3, "first_due_on": "2026-01-31"}


def test_the_parts_add_up_to_the_total_on_days_that_exist(alice_api: APIClient) -> None:
    shown = alice_api.post(URL, SOFA | {"paid_count": 1}).json()

    assert shown["instalments"] == [
        {"on": "2026-01-31", "amount": "33.34", "is_paid": True},
        {"on": "2026-02-28", "amount": "33.33", "is_paid": False},
        {"on": "2026-03-31", "amount": "33.33", "is_paid": False},
    ]
    assert (shown["paid"], shown["remaining"], shown["next_due_on"]) == ("33.34", "66.66", "2026-02-28")


def test_every_second_week(alice_api: APIClient) -> None:
    shown = alice_api.post(URL, SOFA | {"frequency": "fortnightly"}).json()

    assert [part["on"] for part in shown["instalments"]] == ["2026-01-31", "2026-02-14", "2026-02-28"]


def test_paying_all_of_them_leaves_nothing_due(alice_api: APIClient) -> None:
    sofa = alice_api.post(URL, SOFA).json()

    shown = alice_api.patch(f"{URL}/{sofa['id']}", {"paid_count": 3}).json()

    assert (shown["remaining"], shown["next_due_on"]) == ("0.00", None)


def test_no_more_can_be_paid_than_there_are(alice_api: APIClient) -> None:
    answer = alice_api.post(URL, SOFA | {"paid_count": 4})

    assert answer.status_code == 400
    assert not InstalmentPurchase.objects.exists()


def test_a_stranger_sees_none_of_it(alice_api: APIClient, bob_api: APIClient) -> None:
    sofa = alice_api.post(URL, SOFA).json()
    url = f"{URL}/{sofa['id']}"

    refused = [bob_api.get(url), bob_api.patch(url, {"paid_count": 1}), bob_api.delete(url)]

    assert {answer.status_code for answer in refused} == {404}
    assert alice_api.get(url).json() == sofa
