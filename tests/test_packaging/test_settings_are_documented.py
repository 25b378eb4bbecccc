from pathlib import Path

import environ

from tests.test_packaging.files import (
    COMPOSE_ONLY,
    documented_settings,
    literal,
    settings_read,
    undescribed_settings,
)


def test_every_setting_is_in_the_example_file_and_nothing_else_is() -> None:
    assert set(documented_settings()) - COMPOSE_ONLY == set(settings_read())


def test_every_setting_has_a_line_that_describes_it() -> None:
    assert undescribed_settings() == []


def test_documented_defaults_are_the_real_ones() -> None:
    defaults = {name: literal(default) for name, default in settings_read().items() if default is not None}
    documented = documented_settings()
    assert {name: documented[name] for name, default in defaults.items() if default is not None} == {
        name: default for name, default in defaults.items() if default is not None
    }
    assert sum(default is not None for default in defaults.values()) > 15


class Environment(environ.Env):
    """Reads a file without touching the environment of this process."""

    ENVIRON: dict[str, str] = {}


def test_the_example_file_can_be_read_with_every_line_uncommented(tmp_path: Path) -> None:
    copy = tmp_path / ".env"
    copy.write_text("\n".join(f"{name}={value}" for name, value in documented_settings().items()))
    environment = Environment()
    environment.read_env(str(copy))
    assert environment.str("DEFAULT_FROM_EMAIL") == "Solvent <no-reply@localhost>"
    assert environment.list("ALLOWED_HOSTS") == ["localhost", "127.0.0.1", "[::1]"]
