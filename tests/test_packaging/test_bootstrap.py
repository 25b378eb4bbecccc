import json
import sys
from pathlib import Path

import pytest

from tools import bootstrap
from tools.bootstrap import BootstrapError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without an environment; what is installed is written down instead."""
    (tmp_path / "requirements.txt").write_text("django==5.2")
    (tmp_path / "requirements-dev.txt").write_text("pytest==9")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.json")
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    files: list[str] = []
    monkeypatch.setattr(bootstrap, "install", files.append)
    return files


def test_it_makes_an_environment_and_installs_into_it(project: Path, installed: list[str]) -> None:
    assert bootstrap.main(["requirements.txt"]) == 0
    assert (project / ".venv" / "bin" / "python").exists()
    assert installed == ["requirements.txt"]


def test_a_second_time_there_is_nothing_to_do(project: Path, installed: list[str]) -> None:
    bootstrap.main(["requirements.txt"])
    bootstrap.main(["requirements.txt"])
    assert installed == ["requirements.txt"]


def test_changed_requirements_are_installed(project: Path, installed: list[str]) -> None:
    bootstrap.main(["requirements.txt"])
    (project / "requirements.txt").write_text("django==5.3")
    bootstrap.main(["requirements.txt"])
    assert installed == ["requirements.txt", "requirements.txt"]


def test_tools_for_developers_bring_what_runs_too(project: Path, installed: list[str]) -> None:
    bootstrap.main(["requirements-dev.txt"])
    bootstrap.main(["requirements.txt"])
    assert installed == ["requirements-dev.txt"]


def test_an_environment_of_another_python_is_made_anew(project: Path, installed: list[str]) -> None:
    bootstrap.main(["requirements.txt"])
    stamp = json.loads(bootstrap.STAMP.read_text())
    bootstrap.STAMP.write_text(json.dumps({**stamp, "python": "3.9"}))
    (project / ".venv" / "left-over").touch()
    bootstrap.main(["requirements.txt"])
    assert installed == ["requirements.txt", "requirements.txt"]
    assert not (project / ".venv" / "left-over").exists()


def test_a_failed_installation_is_tried_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(requirements: str) -> None:
        raise BootstrapError("No connection.")

    monkeypatch.setattr(bootstrap, "install", fail)
    assert bootstrap.main(["requirements.txt"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "No connection."
    assert bootstrap.read_stamp() == {}


def test_a_python_that_is_too_old_is_told_in_a_sentence() -> None:
    with pytest.raises(BootstrapError, match=r"needs Python 3\.11 or later and python3 is 3\.9 here"):
        bootstrap.check_python((3, 9))


def test_pip_comes_from_the_environment_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "has_pip", lambda python: True)
    command, environment = bootstrap.pip(tmp_path)
    assert command == [str(bootstrap.VENV_PYTHON), "-m", "pip"]
    assert "pip-" not in environment.get("PYTHONPATH", "")


def test_pip_comes_from_the_bundle_of_python_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "has_pip", lambda python: False)
    monkeypatch.setattr(bootstrap, "bundled_wheel", lambda: tmp_path / "pip-23.whl")
    _, environment = bootstrap.pip(tmp_path)
    assert environment["PYTHONPATH"] == str(tmp_path / "pip-23.whl")


def test_pip_of_the_system_works_on_the_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "has_pip", lambda python: python == sys.executable)
    monkeypatch.setattr(bootstrap, "bundled_wheel", lambda: None)
    command, _ = bootstrap.pip(project)
    assert command == [sys.executable, "-m", "pip", "--python", str(bootstrap.VENV_PYTHON)]


def test_without_any_pip_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "has_pip", lambda python: False)
    monkeypatch.setattr(bootstrap, "bundled_wheel", lambda: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda program: None)
    with pytest.raises(BootstrapError, match="apt-get install python3-venv"):
        bootstrap.pip(tmp_path)
