import json
import re
import shlex
from fnmatch import fnmatch

from tests.test_packaging.files import ROOT


def instructions() -> list[tuple[str, str]]:
    source = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = [line for line in source.splitlines() if line and not line.startswith("#")]
    return [(name, words) for name, _, words in (line.partition(" ") for line in lines)]


def final_stage() -> list[tuple[str, str]]:
    everything = instructions()
    last = max(place for place, (name, _) in enumerate(everything) if name == "FROM")
    return everything[last:]


def values(name: str) -> list[str]:
    return [words for instruction, words in final_stage() if instruction == name]


def is_ignored(path: str) -> bool:
    patterns = (ROOT / ".dockerignore").read_text().split()
    return any(fnmatch(path, pattern.removeprefix("**/")) for pattern in patterns)


def test_packages_are_installed_in_a_stage_of_their_own() -> None:
    stages = [words for name, words in instructions() if name == "FROM"]
    assert len(stages) == 2
    assert "--require-hashes" in dict(instructions()[:3])["RUN"]
    assert not any("pip" in words or "apt" in words for words in values("RUN"))


def test_everything_it_copies_exists_and_is_not_ignored() -> None:
    copies = [
        shlex.split(words) for name, words in instructions() if name == "COPY" and "--from" not in words
    ]
    sources = [source for words in copies for source in words[:-1]]
    assert sources == ["requirements.txt", "."]
    assert all((ROOT / source).exists() for source in sources)
    assert not is_ignored("requirements.txt")


def test_secrets_and_data_stay_out_of_the_image() -> None:
    assert all(is_ignored(path) for path in [".env", ".git", ".venv", "var", "tests"])


def test_the_application_is_in_the_image() -> None:
    apps = [path.parent.name for path in ROOT.glob("*/apps.py")]
    assert {"core", "users", "transactions", "ingest"} <= set(apps)
    assert not any(is_ignored(path) for path in ["manage.py", "config", *apps])


def test_it_does_not_run_as_root() -> None:
    assert values("USER") == ["solvent"]
    assert "useradd" in values("RUN")[0]


def test_it_asks_itself_whether_it_is_well() -> None:
    assert "http://127.0.0.1:8000/health" in values("HEALTHCHECK")[0]
    command = json.loads(values("HEALTHCHECK")[0].partition("CMD ")[2])
    compile(command[2], "healthcheck", "exec")


def test_it_serves_the_wsgi_application() -> None:
    command = json.loads(values("CMD")[0])
    assert command[0] == "granian"
    assert command[-1] == "config.wsgi:application"
    assert values("EXPOSE") == [command[command.index("--port") + 1]]
