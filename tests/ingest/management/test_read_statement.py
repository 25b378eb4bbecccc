"""``manage.py read_statement``: how a file would be read, without a database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"


def shown(*arguments: object) -> str:
    out = StringIO()
    call_command("read_statement", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_json_holds_every_row_with_exact_amounts():
    read = json.loads(shown(SAMPLES / "credit-card.ofx", "--json"))

    assert read["format"] == "ofx"
    assert [account["kind"] for account in read["accounts"]] == ["credit_card"]
    assert len(read["transactions"]) == 26
    assert set(read["transactions"][0]) == {
        "line", "date", "time", "amount", "currency", "description", "external_id", "account",
    }  # fmt: skip
    assert read["problems"] == []


def test_a_person_sees_the_layout_and_the_first_rows():
    text = shown(SAMPLES / "german-giro.csv")

    assert "Format: csv" in text
    assert "delimiter: ; (confidence" in text
    assert "2026-09-01       -840.00 EUR  Hausverwaltung Lindenhof" in text
    assert "… and 10 more" in text


def test_a_corrected_layout_is_used(tmp_path: Path):
    path = tmp_path / "odd.csv"
    path.write_text("Date,Text,Amount\n03/04/2026,Shop,-1.00\n05/06/2026,Shop,-2.00\n")

    as_month_first = json.loads(shown(path, "--json", "--layout", '{"date_order": "MDY"}'))
    as_day_first = json.loads(shown(path, "--json", "--layout", '{"date_order": "DMY"}'))

    assert [row["date"] for row in as_month_first["transactions"]] == ["2026-03-04", "2026-05-06"]
    assert [row["date"] for row in as_day_first["transactions"]] == ["2026-04-03", "2026-06-05"]


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (b"%PDF-1.7\n%\xe2\xe3", "PDF")])
def test_a_file_that_is_no_statement_is_refused_in_words(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "statement.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        shown(path)


def test_a_refusal_as_json_still_names_the_problem(tmp_path: Path):
    path = tmp_path / "statement.csv"
    path.write_bytes(b"")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("read_statement", str(path), "--json", stdout=out)

    assert json.loads(out.getvalue())["problems"] == [
        {"line": None, "message": "The file is empty.", "rejected": True}
    ]


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file"):
        shown(tmp_path / "nothing.csv")
