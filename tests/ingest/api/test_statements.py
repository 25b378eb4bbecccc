"""``/api/v1/ingest/statements``: sending a file and watching it arrive."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from ingest.models import StatementImport
from tests.factories import AccountFactory
from tests.ingest.conftest import URL, Import, csv_of, send
from transactions.models import Account, Transaction
from users.models import User

SAMPLES = Path(__file__).parents[1] / "samples"
ROWS = [
    ("2026-03-02", "LIDL 0412", "-38.27"),
    ("2026-03-02", "STARBUCKS STORE 10482", "-4.85"),
    ("2026-03-03", "SALARY MARCH", "2500.00"),
]
STATEMENT = csv_of(ROWS)


def test_a_statement_is_taken_and_a_job_to_watch_is_answered(alice_api: APIClient, commits: Any) -> None:
    with commits():
        answer = send(alice_api, STATEMENT, filename="march.csv")

        assert answer.status_code == 202
        job = answer.json()
        assert answer.headers["Location"] == f"{URL}/{job['id']}"
        assert (job["status"], job["percent"], job["filename"], job["size"]) == (
            "pending",
            0,
            "march.csv",
            len(STATEMENT),
        )
        assert not Transaction.objects.exists()

    done = alice_api.get(answer.headers["Location"]).json()
    assert (done["status"], done["percent"], done["error"], done["format"]) == ("succeeded", 100, "", "csv")
    assert (done["progress_done"], done["progress_total"]) == (3, 3)
    assert done["rows"] == {
        "new": 3,
        "matched": 0,
        "duplicate": 0,
        "updated": 0,
        "deleted": 0,
        "restored": 0,
        "invalid": 0,
    }
    assert done["started_at"] <= done["finished_at"]
    assert done["undone_at"] is None


def test_its_rows_are_in_the_ledger_categorised(alice_api: APIClient, bring_in: Import, ledger: Any) -> None:
    job = bring_in(STATEMENT)

    assert ledger() == ROWS
    listed = alice_api.get("/api/v1/transactions", {"import_id": job["id"]}).json()["results"]
    assert {row["description"]: (row["category_name"], row["merchant_name"]) for row in listed} == {
        "LIDL 0412": ("Groceries", "Lidl"),
        "STARBUCKS STORE 10482": ("Coffee and cafés", "Starbucks"),
        "SALARY MARCH": ("Salary", listed[0]["merchant_name"]),
    }
    assert {(row["source"], row["status"], row["import_id"]) for row in listed} == {
        ("statement", "posted", job["id"])
    }


def test_the_history_of_a_row_names_its_import(alice_api: APIClient, alice: User, bring_in: Import) -> None:
    job = bring_in(STATEMENT)
    row = alice_api.get("/api/v1/transactions").json()["results"][0]

    (entry,) = alice_api.get(f"/api/v1/transactions/{row['id']}/history").json()

    assert (entry["action"], entry["via"], entry["actor"], entry["changes"]) == (
        "created",
        "import",
        str(alice.pk),
        {"import": job["id"]},
    )


def test_imports_are_listed_the_latest_first(
    alice_api: APIClient, bob_api: APIClient, bring_in: Import
) -> None:
    first, second = bring_in(STATEMENT), bring_in(STATEMENT)

    assert alice_api.get(URL).json()["results"] == [second, first]
    assert bob_api.get(URL).json()["results"] == []


@pytest.mark.parametrize("name", sorted(path.name for path in (SAMPLES / "ofx").glob("*.?fx")))
def test_a_sample_is_imported_once_and_the_second_time_all_is_known(bring_in: Import, name: str) -> None:
    content = (SAMPLES / "ofx" / name).read_bytes()

    first = bring_in(content, filename=name)
    second = bring_in(content, filename=name)

    if first["status"] == "failed":
        assert (name, bool(first["error"])) == ("error-answer.ofx", True)
        return
    assert first["format"] == "ofx"
    assert first["rows"]["new"] == Transaction.objects.count() > 0
    assert second["rows"] == first["rows"] | {"new": 0, "duplicate": first["rows"]["new"]}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    alice_api: APIClient, bring_in: Import, ledger: Any
) -> None:
    bring_in(csv_of(ROWS[:1]))
    accounts = Account.objects.count()

    job = bring_in(csv_of([*ROWS, ("2026-03-04", "BROKEN", "ten")]), dry_run="true")

    assert (job["status"], job["dry_run"]) == ("succeeded", True)
    assert job["rows"] == {
        "new": 2,
        "matched": 0,
        "duplicate": 1,
        "updated": 0,
        "deleted": 0,
        "restored": 0,
        "invalid": 1,
    }
    assert [(problem["line"], problem["rejected"]) for problem in job["problems"]] == [(5, True)]
    rows = alice_api.get(f"{URL}/{job['id']}/rows").json()
    assert [(row["line"], row["amount"], row["outcome"]) for row in rows["results"]] == [
        (2, "-38.27", "duplicate"),
        (3, "-4.85", "new"),
        (4, "2500.00", "new"),
    ]
    assert rows["next_after"] is None
    assert ledger() == ROWS[:1]
    assert Account.objects.count() == accounts


def test_a_dry_run_into_an_empty_ledger_opens_no_account(bring_in: Import) -> None:
    job = bring_in(STATEMENT, dry_run="true")

    assert job["rows"]["new"] == 3
    assert job["account"] is None
    assert not Account.objects.exists()


def test_rows_come_five_hundred_at_a_time(alice_api: APIClient, bring_in: Import) -> None:
    many = [("2026-03-02", f"SHOP {n}", f"-{n}.00") for n in range(1, 1202)]
    job = bring_in(csv_of(many), dry_run="true")

    seen: list[str] = []
    after: int | None = 0
    sizes = []
    while after is not None:
        page = alice_api.get(f"{URL}/{job['id']}/rows", {"after": str(after)}).json()
        sizes.append(len(page["results"]))
        seen += [row["description"] for row in page["results"]]
        after = page["next_after"]

    assert sizes == [500, 500, 201]
    assert seen == [description for _, description, _ in many]
    assert alice_api.get(f"{URL}/{job['id']}/rows", {"after": "5000"}).json() == {
        "results": [],
        "next_after": None,
    }


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "99999999999"])
def test_a_wrong_place_to_read_on_is_named(alice_api: APIClient, bring_in: Import, after: str) -> None:
    job = bring_in(STATEMENT)

    answer = alice_api.get(f"{URL}/{job['id']}/rows", {"after": after})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "?after")


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"colour": "red"}, "/colour", "unknown_field"),
        ({"account": "everyday"}, "/account", "invalid_id"),
        ({"dry_run": "perhaps"}, "/dry_run", "invalid"),
        ({"mapping": "{"}, "/mapping", "not_json"),
        ({"mapping": "[]"}, "/mapping", "not_an_object"),
        ({"mapping": '{"delimiter": "' + "x" * 10_000 + '"}'}, "/mapping", "not_an_object"),
        ({"mapping": '{"delimiter": NaN}'}, "/mapping", "not_json"),
        ({"mapping": '{"delimiter": "\\u0000"}'}, "/mapping", "not_json"),
        ({"mapping": '{"delimiter": "\\ud800"}'}, "/mapping", "not_json"),
        ({"mapping": '{"a":' * 1500 + "1" + "}" * 1500}, "/mapping", "too_many_parts"),
    ],
)
def test_a_mistake_in_the_form_is_named_and_nothing_is_kept(
    alice_api: APIClient, fields: dict[str, str], pointer: str, code: str
) -> None:
    answer = send(alice_api, STATEMENT, **fields)

    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert not StatementImport.objects.exists()


def test_a_file_is_needed(alice_api: APIClient) -> None:
    for body in ({}, {"file": "text"}):
        answer = alice_api.post(URL, body, format="multipart")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/file")
    as_json = alice_api.post(URL, {"file": "text"}, format="json")
    assert (as_json.status_code, as_json.json()["error_code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_an_empty_file_is_refused_at_once(alice_api: APIClient) -> None:
    answer = send(alice_api, b"")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "empty")


def test_a_file_that_is_too_large_is_refused(alice_api: APIClient, settings: Any) -> None:
    settings.STATEMENT_MAX_BYTES = len(STATEMENT) - 1

    answer = send(alice_api, STATEMENT)

    assert (answer.status_code, answer.json()["error_code"]) == (413, "FILE_TOO_LARGE")
    assert answer.json()["details"] == {"size": len(STATEMENT), "max_size": len(STATEMENT) - 1}
    assert not StatementImport.objects.exists()


def test_a_strangers_account_does_not_exist(alice_api: APIClient, bob: User, alice: User) -> None:
    theirs = AccountFactory(user=bob)

    answer = send(alice_api, STATEMENT, account=str(theirs.pk))

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert answer.json()["details"]["pointer"] == "/account"
    assert not StatementImport.objects.exists()
    assert not Transaction.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", ""), ("get", "/rows"), ("post", "/cancel"), ("post", "/retry"), ("post", "/undo")],
)
def test_a_strangers_import_does_not_exist(
    bob_api: APIClient, bring_in: Import, ledger: Any, method: str, path: str
) -> None:
    job = bring_in(STATEMENT)

    answer = getattr(bob_api, method)(f"{URL}/{job['id']}{path}")

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert getattr(bob_api, method)(f"{URL}/{uuid4()}{path}").status_code == 404
    assert ledger() == ROWS
    assert StatementImport.objects.get().status == "succeeded"


def test_the_name_of_a_file_says_nothing_about_where_it_is_kept(bring_in: Import) -> None:
    job = bring_in(STATEMENT, filename="../../etc/passwd.csv")

    kept = StatementImport.objects.get(pk=job["id"])
    assert job["filename"] == "passwd.csv"
    assert "passwd" not in kept.file.name
    assert ".." not in kept.file.name
