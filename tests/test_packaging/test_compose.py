import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.test_packaging.files import COMPOSE_ONLY, ROOT, documented_settings, settings_read

SOURCE = (ROOT / "docker-compose.yml").read_text()
SCHEMA = json.loads((ROOT / "tests" / "test_packaging" / "compose_schema.json").read_text())


@pytest.fixture
def compose() -> dict[str, Any]:
    return yaml.safe_load(SOURCE)


def test_it_is_a_valid_compose_file(compose: dict[str, Any]) -> None:
    errors = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(compose)
    ]
    assert errors == []


def test_it_starts_the_application_and_its_services(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"web", "worker", "beat", "migrate", "postgres", "redis"}


def test_services_wait_for_services_that_can_tell_they_are_ready(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        for name, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "test" in services[name]["healthcheck"]


def test_every_named_volume_is_declared(compose: dict[str, Any]) -> None:
    mounts = [mount for service in compose["services"].values() for mount in service.get("volumes", [])]
    assert {mount.split(":")[0] for mount in mounts} == set(compose["volumes"])


def test_every_variable_is_documented() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", SOURCE))
    assert used <= set(documented_settings())
    assert used & COMPOSE_ONLY == COMPOSE_ONLY


def test_the_application_reads_every_setting_it_is_given(compose: dict[str, Any]) -> None:
    given = set(compose["services"]["web"]["environment"])
    assert given - set(settings_read()) == {"GRANIAN_WORKERS"}


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD"])
def test_it_does_not_start_without(name: str) -> None:
    assert re.search(rf"\$\{{{name}:\?", SOURCE)
    assert not re.search(rf"\$\{{{name}(:-|}})", SOURCE)


def test_files_it_refers_to_exist(compose: dict[str, Any]) -> None:
    web = compose["services"]["web"]
    assert (ROOT / web["build"] / "Dockerfile").is_file()
    assert web["env_file"] == [".env"]
    assert (ROOT / ".env.example").is_file()
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()
