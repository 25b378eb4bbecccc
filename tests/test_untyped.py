"""The numbers of open types only fall."""

import json

from tools import untyped


def test_lines_are_counted_by_app_without_tests_and_migrations(tmp_path):
    ledger = tmp_path / "ledger"
    for folder in ("services", "migrations", "tests"):
        (ledger / folder).mkdir(parents=True)
        (ledger / folder / "rows.py").write_text("x: Any = Any  # type: ignore[misc]\ny: Anything\n")
    (ledger / "models.py").write_text("from typing import Any\n")

    assert untyped.counted(tmp_path, ["ledger"]) == {"ledger": {"Any": 2, "type: ignore": 1}}


def test_one_line_more_is_named_with_what_was_kept():
    kept = {"ledger": {"Any": 2, "type: ignore": 1}}
    found = {"ledger": {"Any": 3, "type: ignore": 1}, "shop": {"Any": 0, "type: ignore": 1}}

    assert untyped.grown(kept, found) == [
        "ledger: 3 lines with “Any”, 2 are kept. Write a true type.",
        "shop: 1 lines with “type: ignore”, 0 are kept. Write a true type.",
    ]
    assert untyped.fallen(kept, found) == []


def test_one_line_less_is_named_and_nothing_has_grown():
    kept = {"ledger": {"Any": 2, "type: ignore": 1}}
    found = {"ledger": {"Any": 1, "type: ignore": 1}}

    assert untyped.grown(kept, found) == []
    assert untyped.fallen(kept, found) == ["ledger: 1 lines with “Any”, 2 are kept."]


def test_what_is_written_is_what_is_held_to(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(untyped, "ROOT", tmp_path)
    monkeypatch.setattr(untyped, "KEPT", tmp_path / "kept.json")
    module = tmp_path / "core" / "rows.py"
    module.parent.mkdir()
    module.write_text("x: Any\n")

    assert untyped.main(["--write"]) == 0
    assert json.loads((tmp_path / "kept.json").read_text())["core"] == {"Any": 1, "type: ignore": 0}
    assert untyped.main([]) == 0

    module.write_text("x: Any\ny: Any\n")
    assert untyped.main([]) == 1
    assert "core: 2 lines with “Any”, 1 are kept." in capsys.readouterr().out

    module.write_text("x: object\n")
    assert untyped.main([]) == 0
    assert "`make untyped` lowers the kept numbers" in capsys.readouterr().out


def test_the_repository_keeps_its_numbers():
    assert untyped.grown(json.loads(untyped.KEPT.read_text()), untyped.counted(untyped.ROOT)) == []
