import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.test_packaging.files import ROOT, make_targets

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_make_alone_lists_its_commands() -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {"run", "test", "check", "format", "bench", "openapi", "requirements", "clean"} <= set(
        re.findall(r"^  make ([a-z]+)", printed, flags=re.MULTILINE)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_pages_exist(page: Path) -> None:
    named = set(re.findall(r"(?:^|`|&& |  )make ([a-z-]+)", page.read_text(), flags=re.MULTILINE))
    assert named <= make_targets()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_the_readme_shows_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "make run" in readme
    assert "make test" in readme


def test_ci_checks_and_tests_on_either_installation() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text().splitlines()
    assert "make check" in lines
    assert """make test ARGS="-m 'not server' --durations=30\"""" in lines
    assert 'DATABASE_URL=$database REDIS_URL=$redis make test ARGS="-m stores --durations=30"' in lines
    subprocess.run(["bash", "-n", str(script)], check=True)
