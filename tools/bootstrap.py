"""Make ``.venv`` and install pinned packages into it, on a machine that has Python and perhaps nothing else.

``python3 tools/bootstrap.py requirements.txt`` does nothing when that file is installed already. pip is taken
from where it can be had: the environment, Python's own bundle, the system, or (on Debian, whose Python comes
without any) the package ``python3-pip-whl``, fetched and unpacked without being installed.

The syntax stays old so that a Python that is too old can still say so.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
OLDEST = (3, 11)
# Installing the larger file installs the smaller one's packages too, in the same versions.
INCLUDED = {"requirements-dev.txt": ["requirements.txt"]}


class BootstrapError(Exception):
    """The environment cannot be made; the text says what to do."""


def main(files: list[str]) -> int:
    try:
        check_python(sys.version_info[:2])
        for requirements in files:
            ensure(requirements)
    except BootstrapError as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def check_python(version: tuple[int, int]) -> None:
    if version < OLDEST:
        raise BootstrapError(
            "Solvent needs Python 3.11 or later and python3 is {}.{} here; "
            "name a later one with PYTHON=python3.12.".format(*version)
        )


def ensure(requirements: str) -> None:
    """Have the packages of this file installed; a look at the stamp is all it costs when they are."""
    wanted = {name: digest(name) for name in [requirements, *INCLUDED.get(requirements, [])]}
    stamp = read_stamp()
    version = venv_version()
    if version and stamp.get("python") == version and stamp.get(requirements) == wanted[requirements]:
        return
    if not version or stamp.get("python", version) != version:
        make_venv()
        version, stamp = venv_version(), {}
    print(f"Installing {requirements} into .venv (once; about a minute) ...", flush=True)
    install(requirements)
    STAMP.write_text(json.dumps(dict(stamp, python=version, **wanted)))


def digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def venv_version() -> str:
    """The version of the environment's Python; empty where it is missing or does not run."""
    probe = [str(VENV_PYTHON), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(probe, stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def make_venv() -> None:
    if importlib.util.find_spec("venv") is None:
        raise BootstrapError(
            "This Python has no venv module; install the package python3-venv and try again."
        )
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], check=True)


def install(requirements: str) -> None:
    options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--prefer-binary"]
    arguments = ["install", *options, "--require-hashes", "-r", str(ROOT / requirements)]
    with tempfile.TemporaryDirectory() as scratch:
        command, environment = pip(Path(scratch))
        outcome = subprocess.run([*command, *arguments], env=environment, check=False)
    if outcome.returncode:
        raise BootstrapError(
            "The packages could not be installed (pip says why above); "
            "check the connection to the package index and try again."
        )


def pip(scratch: Path) -> tuple[list[str], dict[str, str]]:
    """A command that runs pip for the environment, and the variables it needs."""
    inside = [str(VENV_PYTHON), "-m", "pip"]
    if has_pip(str(VENV_PYTHON)):
        return inside, dict(os.environ)
    wheel = bundled_wheel()
    if not wheel and has_pip(sys.executable):
        return [sys.executable, "-m", "pip", "--python", str(VENV_PYTHON)], dict(os.environ)
    wheel = wheel or debian_wheel(scratch)
    if not wheel:
        raise BootstrapError(
            "There is no pip on this machine and it could not be fetched; install it "
            "(on Debian and Ubuntu: apt-get install python3-venv) and try again."
        )
    return inside, dict(os.environ, PYTHONPATH=str(wheel))


def has_pip(python: str) -> bool:
    probe = "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
    return subprocess.run([python, "-c", probe], check=False).returncode == 0


def bundled_wheel() -> Path | None:
    """The pip that Python brings for its own ``ensurepip``; Debian keeps it in a folder apart."""
    ensurepip = importlib.util.find_spec("ensurepip")
    bundled = [Path(ensurepip.origin).parent / "_bundled"] if ensurepip and ensurepip.origin else []
    return pip_wheel([*bundled, Path("/usr/share/python-wheels")])


def debian_wheel(scratch: Path) -> Path | None:
    """pip from Debian's archive, without root; with lists of its own where the system has none."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    print("Fetching pip from the distribution's archive ...", flush=True)
    if not download([], scratch):
        (scratch / "lists" / "partial").mkdir(parents=True)
        (scratch / "cache" / "archives" / "partial").mkdir(parents=True)
        own = ["-o", f"Dir::State::Lists={scratch}/lists", "-o", f"Dir::Cache={scratch}/cache"]
        apt_get([*own, "update"], scratch)
        download(own, scratch)
    for package in scratch.glob("python3-pip-whl_*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(scratch)], check=True)
    return pip_wheel([scratch / "usr" / "share" / "python-wheels"])


def download(options: list[str], folder: Path) -> bool:
    return apt_get([*options, "download", "python3-pip-whl"], folder)


def apt_get(arguments: list[str], folder: Path) -> bool:
    # As root apt would hand the download to a user who may not write here.
    command = ["apt-get", "-o", "APT::Sandbox::User=root", *arguments]
    outcome = subprocess.run(
        command, cwd=str(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return outcome.returncode == 0


def pip_wheel(folders: list[Path]) -> Path | None:
    return next((wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))), None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
