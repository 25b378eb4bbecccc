"""A list is walked page by page; every row comes exactly once."""

import datetime as dt
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.factories import AccountFactory, TransactionFactory
from transactions.models import Tag, Transaction

TAGS = "/api/v1/tags"
MERCHANTS = "/api/v1/merchants"
ROWS = "/api/v1/transactions"


def walk(client, path):
    """The results of every page from ``path`` on, page by page."""
    pages = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        pages.append(answer.json()["results"])
        path = answer.json()["next"]
    return pages


def make_tags(user, count):
    Tag.objects.bulk_create(Tag(user=user, name=f"tag {number:04}") for number in range(count))


def make_rows(user, *, days):
    """A row for each entry of ``days``, which is the day of March it is on."""
    example = TransactionFactory(account=AccountFactory(user=user), date=dt.date(2026, 3, days[0]))
    rows = [
        Transaction(
            **{
                field.attname: getattr(example, field.attname)
                for field in Transaction._meta.concrete_fields
                if field.name not in {"id", "date"}
            },
            date=dt.date(2026, 3, day),
        )
        for day in days[1:]
    ]
    Transaction.objects.bulk_create(rows)


def test_a_page_has_50_rows_unless_asked(alice_api, alice):
    make_tags(alice, 51)
    pages = walk(alice_api, TAGS)
    assert [len(page) for page in pages] == [50, 1]


def test_a_page_has_its_rows_and_its_neighbours(alice_api, alice):
    make_tags(alice, 3)
    first = alice_api.get(f"{TAGS}?limit=2").json()
    assert set(first) == {"next", "previous", "results"}
    assert first["previous"] is None
    second = alice_api.get(first["next"]).json()
    assert second["next"] is None
    assert alice_api.get(second["previous"]).json()["results"] == first["results"]


def test_an_empty_list_is_one_empty_page(alice_api):
    assert alice_api.get(TAGS).json() == {"next": None, "previous": None, "results": []}


@pytest.mark.parametrize("limit", [1, 500])
def test_a_page_has_from_1_to_500_rows(alice_api, alice, limit):
    make_tags(alice, 501)
    assert len(alice_api.get(f"{TAGS}?limit={limit}").json()["results"]) == limit


@pytest.mark.parametrize(
    "limit", ["0", "-1", "501", "ten", "", "1.5", "٣", "0000000000000009999", "9" * 5000]
)
def test_any_other_limit_is_named(alice_api, limit):
    answer = alice_api.get(f"{TAGS}?{urlencode({'limit': limit})}")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": "?limit", "code": "invalid", "message": "Give a whole number from 1 to 500."}
    ]


@pytest.mark.parametrize("ordering", ["date", "-date", "amount", "-amount", "created_at"])
def test_120_rows_with_ties_come_exactly_once(alice_api, alice, ordering):
    make_rows(alice, days=[1 + number % 3 for number in range(120)])
    pages = walk(alice_api, f"{ROWS}?limit=7&ordering={ordering}")
    ids = [row["id"] for page in pages for row in page]
    assert len(ids) == 120
    assert set(ids) == {str(pk) for pk in Transaction.objects.values_list("pk", flat=True)}


def test_more_rows_of_one_day_than_fit_a_page_come_exactly_once(alice_api, alice):
    make_rows(alice, days=[1] * 2100)
    ids = [row["id"] for page in walk(alice_api, f"{ROWS}?limit=500") for row in page]
    assert len(ids) == len(set(ids)) == 2100


def test_rows_of_one_day_are_in_the_order_of_their_ids(alice_api, alice):
    make_rows(alice, days=[1] * 20)
    newest_first = [row["id"] for page in walk(alice_api, f"{ROWS}?limit=6") for row in page]
    assert newest_first == sorted(newest_first, reverse=True)


def test_a_row_added_meanwhile_does_not_shift_the_next_page(alice_api, alice):
    make_rows(alice, days=[5, 4, 3, 2])
    first = alice_api.get(f"{ROWS}?limit=2").json()
    make_rows(alice, days=[9])
    rest = alice_api.get(first["next"]).json()["results"]
    assert [row["date"] for row in rest] == ["2026-03-03", "2026-03-02"]


def walk_back(client, path):
    """The results of every page from ``path`` back to the first, in the order of the list."""
    pages = []
    while path:
        page = client.get(path).json()
        pages.insert(0, page["results"])
        path = page["previous"]
    return pages


def last_of(client, path):
    """The address of the list's last page."""
    while following := client.get(path).json()["next"]:
        path = following
    return path


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 11, 22, 23, 24])
@pytest.mark.parametrize("ordering", ["-date", "date", "amount", "-created_at"])
def test_paging_back_shows_the_pages_that_paging_forth_showed(alice_api, alice, limit, ordering):
    make_rows(alice, days=[1 + number // 3 for number in range(23)])
    path = f"{ROWS}?limit={limit}&ordering={ordering}"
    whole = walk(alice_api, f"{ROWS}?ordering={ordering}")

    forth = walk(alice_api, path)
    last = alice_api.get(last_of(alice_api, path)).json()
    back = walk_back(alice_api, last["previous"])

    assert [row for page in forth for row in page] == whole[0]
    assert [row for page in back for row in page] + last["results"] == whole[0]


def test_rows_that_come_and_go_meanwhile_shift_no_page_on_the_way_back(alice_api, alice):
    make_rows(alice, days=[9, 8, 8, 7, 7, 6])
    first = alice_api.get(f"{ROWS}?limit=2").json()
    second = alice_api.get(first["next"]).json()
    third = alice_api.get(second["next"]).json()
    Transaction.objects.filter(pk=third["results"][0]["id"]).delete()
    make_rows(alice, days=[5, 10])
    assert alice_api.get(third["previous"]).json()["results"] == second["results"]


def test_where_a_page_has_lost_its_rows_the_way_back_leads_to_the_end_of_the_list(alice_api, alice):
    make_tags(alice, 5)
    second = alice_api.get(f"{TAGS}?limit=2").json()["next"]
    third = alice_api.get(second).json()["next"]
    Tag.objects.filter(name__gte="tag 0004").delete()
    page = alice_api.get(third).json()
    assert (page["results"], page["next"]) == ([], None)
    before = alice_api.get(page["previous"]).json()
    assert [row["name"] for row in before["results"]] == ["tag 0002", "tag 0003"]
    assert before["next"] is None


def test_where_a_page_has_lost_its_rows_the_way_forth_leads_to_the_start_of_the_list(alice_api, alice):
    make_tags(alice, 4)
    second = alice_api.get(alice_api.get(f"{TAGS}?limit=2").json()["next"]).json()
    Tag.objects.filter(name__lt="tag 0002").delete()
    page = alice_api.get(second["previous"]).json()
    assert (page["results"], page["previous"]) == ([], None)
    assert alice_api.get(page["next"]).json()["results"] == second["results"]


def cursor_of(client, path):
    return parse_qs(urlsplit(client.get(path).json()["next"]).query)["cursor"][0]


@pytest.mark.parametrize(
    "cursor", ["nonsense", "", "bz0tNQ==", "W2ZhbHNlLG51bGxd.c2lnbmVk", "\0", "ä.ö", "." * 99]
)
def test_a_cursor_that_was_not_made_here_is_refused(alice_api, alice, cursor):
    make_rows(alice, days=[1, 2])
    answer = alice_api.get(ROWS, {"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "VALIDATION_ERROR"
    assert answer.json()["errors"] == [
        {"pointer": "?cursor", "code": "invalid", "message": "This cursor was not made by this list."}
    ]


@pytest.mark.parametrize("path", [f"{TAGS}?ordering=-name", f"{TAGS}?ordering=name,created_at", MERCHANTS])
def test_a_cursor_of_another_order_or_list_is_refused(alice_api, alice, path):
    make_tags(alice, 3)
    joint = "&" if "?" in path else "?"
    answer = alice_api.get(f"{path}{joint}cursor={cursor_of(alice_api, f'{TAGS}?limit=1')}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "?cursor"


def test_a_cursor_that_was_changed_is_refused(alice_api, alice):
    make_tags(alice, 3)
    place, _, signature = cursor_of(alice_api, f"{TAGS}?limit=1").rpartition(".")
    other = cursor_of(alice_api, f"{TAGS}?limit=2").rpartition(".")[0]
    assert alice_api.get(TAGS, {"cursor": f"{place}.{signature}"}).status_code == 200
    assert alice_api.get(TAGS, {"cursor": f"{other}.{signature}"}).status_code == 400


def test_the_cursor_of_another_person_shows_nothing_of_theirs(alice_api, bob_api, alice, bob):
    make_tags(alice, 3)
    make_tags(bob, 3)
    answer = bob_api.get(alice_api.get(f"{TAGS}?limit=1").json()["next"])
    own = {str(pk) for pk in Tag.objects.for_user(bob).values_list("pk", flat=True)}
    assert {row["id"] for row in answer.json()["results"]} <= own


@pytest.mark.parametrize("term", ["name", "-name", "created_at", "name,-created_at", " name , id "])
def test_a_list_is_ordered_as_asked(alice_api, alice, term):
    make_tags(alice, 3)
    answer = alice_api.get(f"{TAGS}?{urlencode({'ordering': term})}")
    names = [row["name"] for row in answer.json()["results"]]
    assert names == sorted(names, reverse=term.startswith("-"))


@pytest.mark.parametrize("term", ["colour", "", "name,,id", "--name", "user__password", "-"])
def test_any_other_ordering_is_named(alice_api, term):
    answer = alice_api.get(f"{TAGS}?{urlencode({'ordering': term})}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "?ordering"
    assert "is not one of: name, created_at." in answer.json()["error"]


@pytest.mark.parametrize("term", ["name,name", "-name,name", "id,created_at,id"])
def test_a_column_that_is_named_twice_is_refused(alice_api, term):
    answer = alice_api.get(f"{TAGS}?{urlencode({'ordering': term})}")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("?ordering", "repeated")
