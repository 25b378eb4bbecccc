"""The log as a collector reads it."""

import json
import logging

import pytest
import structlog

from config.settings import logs


@pytest.fixture
def log_lines():
    """The log as JSON lines, as a collector would read them."""
    lines = []

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(self.format(record)))

    handler = Lines()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=logs._SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *logs._RENDERERS["json"]],
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)
