"""A person sees categories and merchants in the language of their ``locale``."""

import csv
import io
from decimal import Decimal

import pytest

from core.models import AuditEntry
from tests.factories import MerchantFactory, TransactionFactory, category_of
from transactions.domain.category_tree import CATEGORY_BY_CODE
from transactions.models import Category
from users.models import User

CATEGORIES = "/api/v1/categories"
MERCHANTS = "/api/v1/merchants"
ROWS = "/api/v1/transactions"


@pytest.fixture(autouse=True)
def bulgarian(alice):
    speak(alice, "bg-BG")


def speak(person, locale):
    User.objects.filter(pk=person.pk).update(locale=locale)
    person.locale = locale


@pytest.fixture
def row(alice, account):
    merchant = MerchantFactory(user=alice, key="lidl", name="Lidl")
    return TransactionFactory(
        account=account, merchant=merchant, category=category_of(alice, "groceries"), amount=Decimal("-12.50")
    )


def category(client, code):
    [found] = client.get(CATEGORIES, {"code": code}).json()["results"]
    return found


def test_the_tree_is_in_the_persons_language(alice, alice_api):
    listed = alice_api.get(CATEGORIES, {"limit": 500}).json()["results"]

    names = {one["code"]: one["name"] for one in listed}
    assert names["groceries"] == "Хранителни стоки"
    assert names["salary"] == "Заплата"
    assert names.keys() == CATEGORY_BY_CODE.keys()


def test_another_locale_is_another_language_at_once(alice_api):
    alice_api.patch("/api/v1/users/me", {"locale": "de-AT"})

    assert category(alice_api, "groceries")["name"] == "Lebensmittel"


def test_what_a_browser_accepts_does_not_count(alice_api):
    answer = alice_api.get(CATEGORIES, {"code": "groceries"}, HTTP_ACCEPT_LANGUAGE="fr")

    assert answer.json()["results"][0]["name"] == "Хранителни стоки"


def test_rows_summaries_and_the_export_say_the_same_names(alice_api, row):
    [listed] = alice_api.get(ROWS).json()["results"]
    opened = alice_api.get(f"{ROWS}/{row.pk}").json()
    [line] = alice_api.get(f"{ROWS}/summary", {"group_by": "category,merchant"}).json()["lines"]
    exported = b"".join(alice_api.get(f"{ROWS}/export.csv").streaming_content).decode()
    [written] = csv.DictReader(io.StringIO(exported))

    names = ("Хранителни стоки", "Лидл")
    assert (listed["category_name"], listed["merchant_name"]) == names
    assert (opened["category_name"], opened["merchant_name"]) == names
    assert (line["labels"]["category"], line["labels"]["merchant"]) == names
    assert (written["category_name"], written["merchant_name"]) == names


def test_a_row_without_a_merchant_has_no_name_of_one(alice_api, account):
    TransactionFactory(account=account)

    [listed] = alice_api.get(ROWS).json()["results"]

    assert (listed["merchant_name"], listed["category_name"]) == (None, "Без категория")


def test_a_renamed_category_keeps_its_name_in_every_language(alice_api):
    own = category(alice_api, "groceries")
    alice_api.patch(f"{CATEGORIES}/{own['id']}", {"name": "Ядене"})
    alice_api.patch("/api/v1/users/me", {"locale": "de"})

    assert category(alice_api, "groceries")["name"] == "Ядене"


@pytest.mark.parametrize(
    ("locale", "own"), [("bg", "Хранителни стоки"), ("de", "Lebensmittel"), ("en", "Groceries")]
)
def test_the_shipped_name_in_ones_language_is_no_name_of_ones_own(alice, alice_api, locale, own):
    speak(alice, locale)
    groceries = category_of(alice, "groceries")

    assert alice_api.patch(f"{CATEGORIES}/{groceries.pk}", {"name": own}).json()["name"] == own

    groceries.refresh_from_db()
    assert groceries.name == ""


def test_the_shipped_name_in_another_language_is_a_name_of_ones_own(alice, alice_api):
    groceries = category_of(alice, "groceries")

    alice_api.patch(f"{CATEGORIES}/{groceries.pk}", {"name": "Groceries"})

    groceries.refresh_from_db()
    assert groceries.name == "Groceries"


@pytest.mark.parametrize("name", ["Заплата", "заплата", "ЗАПЛАТА"])
def test_a_name_is_taken_where_a_shipped_category_is_called_so_in_ones_language(alice_api, name):
    answer = alice_api.post(CATEGORIES, {"name": name, "group": "income"})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "CATEGORY_NAME_TAKEN")
    assert not Category.objects.filter(code="").exists()


def test_a_name_is_free_where_only_another_language_has_it(alice_api):
    assert alice_api.post(CATEGORIES, {"name": "Salary", "group": "income"}).status_code == 201


def test_a_shipped_category_does_not_get_back_a_name_that_is_taken_by_now(alice, alice_api):
    salary = category_of(alice, "salary")
    alice_api.patch(f"{CATEGORIES}/{salary.pk}", {"name": "Моята"})
    alice_api.post(CATEGORIES, {"name": "Заплата", "group": "income"})

    answer = alice_api.patch(f"{CATEGORIES}/{salary.pk}", {"name": "Заплата"})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "CATEGORY_NAME_TAKEN")
    assert category(alice_api, "salary")["name"] == "Моята"


def test_a_name_that_a_new_language_made_double_hinders_no_other_change(alice, alice_api):
    own = alice_api.post(CATEGORIES, {"name": "Gehalt", "group": "income"}).json()
    speak(alice, "de")

    assert alice_api.patch(f"{CATEGORIES}/{own['id']}", {"priority": 5}).status_code == 200


def test_a_category_put_back_as_it_was_read_is_unchanged(alice, alice_api):
    url = f"{CATEGORIES}/{category_of(alice, 'groceries').pk}"
    shown = alice_api.get(url).json()

    assert alice_api.put(url, shown).json() == shown | {"updated_at": alice_api.get(url).json()["updated_at"]}
    assert not AuditEntry.objects.filter(object_id=shown["id"]).exists()


def test_a_merchant_put_back_as_it_was_read_is_unchanged(alice, alice_api, row):
    url = f"{MERCHANTS}/{row.merchant_id}"
    shown = alice_api.get(url).json()
    assert shown["name"] == "Лидл"

    assert alice_api.put(url, shown).json()["name"] == "Лидл"

    row.merchant.refresh_from_db()
    assert row.merchant.name == "Lidl"
    assert not AuditEntry.objects.filter(object_id=row.merchant_id).exists()


def test_a_renamed_merchant_keeps_the_persons_own_name(alice_api, row):
    alice_api.patch(f"{MERCHANTS}/{row.merchant_id}", {"name": "Лидл зад ъгъла"})

    assert alice_api.get(ROWS).json()["results"][0]["merchant_name"] == "Лидл зад ъгъла"


@pytest.mark.parametrize(("text", "count"), [("Лидл", 1), ("лид", 1), ("lidl", 1), ("Билла", 0)])
def test_rows_and_merchants_are_found_by_the_name_that_is_shown_and_by_the_stored_one(
    alice_api, row, text, count
):
    assert len(alice_api.get(ROWS, {"text": text}).json()["results"]) == count
    assert len(alice_api.get(MERCHANTS, {"text": text}).json()["results"]) == count


def test_everybody_reads_their_own_language(bob_api, bob):
    speak(bob, "es")

    assert category(bob_api, "groceries")["name"] == "Supermercado"


def test_mistakes_are_named_in_english_whatever_the_language(alice_api):
    answer = alice_api.post(CATEGORIES, {"name": "", "group": "wants"})

    assert answer.json()["errors"][0]["message"] == "This field may not be blank."
