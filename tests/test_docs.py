"""What the documents name exists, and what a reader must know is named."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from core.scopes import all_scopes
from ingest.adapters.csv.layout import COLUMN_ROLES, FEE_RULES, given_parts
from ingest.adapters.csv.signs import SignRule
from ingest.domain.statement import UnreadableStatementError
from transactions.filters import TransactionFilter
from transactions.models import Account, Transaction
from transactions.selectors.summary import DIMENSIONS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("README.md")])
TRY_IT = ROOT / "docs" / "try-it.sh"
SOME_ID = "01a1fdec-7ca6-7635-a370-9809e401dde3"

API_PATH = re.compile(r"(?:/api/v1|\$API|\$api)(/[\w{}/.$-]+)")
CALLED_PATH = re.compile(r"^\s*(?:call|send) (?:GET|POST|PUT|PATCH|DELETE) [\"']?(/[\w/$-]+)", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{[a-z_]+\}|the-id|the-row|\$\w+")
CONSTANT = re.compile(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`")
MAKE_TARGET = re.compile(r"(?:^|`|: )make ([a-z][a-z-]*)", re.MULTILINE)
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
SAMPLE = re.compile(r"docs/[\w./-]*\w")


def text_of(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def leads_somewhere(path):
    try:
        resolve("/api/v1" + PLACEHOLDER.sub(SOME_ID, path).rstrip("."))
    except Resolver404:
        return False
    return True


@pytest.fixture(scope="module")
def source():
    apps = ("config", "core", "users", "transactions", "debts", "budgets", "goals", "ingest")
    return "\n".join(path.read_text(encoding="utf-8") for app in apps for path in ROOT.glob(f"{app}/**/*.py"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_address_that_a_document_names_exists(document):
    paths = API_PATH.findall(document.read_text(encoding="utf-8"))

    assert [path for path in paths if not path.endswith("/") and not leads_somewhere(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_variable_and_error_code_that_a_document_names_is_in_the_code(document, source):
    names = set(CONSTANT.findall(document.read_text(encoding="utf-8")))

    assert {name for name in names if f'"{name}"' not in source} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_a_document_names_exists(document):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))

    assert set(MAKE_TARGET.findall(document.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_exists(document):
    assert set(COMMAND.findall(document.read_text(encoding="utf-8"))) <= get_commands().keys()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document):
    text = document.read_text(encoding="utf-8")
    links = [document.parent / name for name in LINK.findall(text)]
    samples = [ROOT / name for name in SAMPLE.findall(text)]

    assert [str(path) for path in (*links, *samples) if not path.exists()] == []


def test_every_scope_is_documented():
    named = set(re.findall(r"`((?:read|write|manage):\w+)`", text_of("api.md")))

    assert named == set(all_scopes())


def test_every_filter_and_dimension_of_the_ledger_is_documented():
    text = text_of("api.md")

    for name in (*TransactionFilter.base_filters, *DIMENSIONS):
        assert f"`{name}`" in text, name


def test_every_part_of_a_layout_is_documented():
    text = text_of("statements.md")
    with pytest.raises(UnreadableStatementError) as refusal:
        given_parts({"no such part": 1})
    parts = refusal.value.message.split("it has ")[1].rstrip(".").split(", ")

    for name in (*parts, *COLUMN_ROLES, *SignRule, *FEE_RULES):
        assert f"`{name}`" in text, name


def test_every_kind_of_account_and_way_to_a_category_is_documented():
    text = text_of("ledger.md")

    for name in (*Account.Kind.values, *Transaction.CategorySource.values):
        assert f"`{name}`" in text, name


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_the_tour_is_a_script_that_a_shell_can_read(shell):
    assert subprocess.run([shell, "-n", str(TRY_IT)], check=False).returncode == 0


def test_every_address_that_the_tour_calls_exists():
    paths = CALLED_PATH.findall(TRY_IT.read_text(encoding="utf-8"))

    assert len(paths) >= 8
    assert [path for path in paths if not leads_somewhere(path)] == []
