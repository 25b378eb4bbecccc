"""The facts about this machine that every figure needs beside it."""

import os
import platform
from functools import cache
from pathlib import Path


@cache
def machine_facts() -> str:
    """Python version, processor count and model, system; one line."""
    return (
        f"Python {platform.python_version()} · {os.cpu_count()} x {_processor_model()} · "
        f"{platform.system()} {platform.release()}"
    )


def _processor_model() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
