"""Keeps the start-up noise of Rasa and TensorFlow from the terminal. To be called before either is imported."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from typing import Any, MutableMapping

QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # Sentry, a dependency of Rasa, otherwise asks git for a release name at import.
    "SENTRY_RELEASE": "none",
}

# Rasa draws a progress bar for each of its many small steps unless this level is in its own variable.
NO_PROGRESS_BARS = {"LOG_LEVEL": "ERROR"}


def silence_libraries(log_level: str = "WARNING") -> None:
    """Sends all logs to standard error from a level on (`LOG_LEVEL`), and drops the libraries' warnings."""
    level = logging.getLevelName(log_level.upper())
    if not isinstance(level, int):
        level = logging.WARNING
    os.environ.update({**QUIET, **(NO_PROGRESS_BARS if level >= logging.WARNING else {})})
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(min(level, logging.INFO))
    # Rasa and its libraries reset the filters while they are imported, so the showing itself is switched off.
    warnings.showwarning = lambda *args, **kwargs: None
    _quieten_structlog(level)


def _without_text(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keeps what people wrote out of the log."""
    return {key: value for key, value in event.items() if not key.endswith("text")}


def _quieten_structlog(level: int) -> None:
    import structlog

    structlog.configure(
        processors=[
            _without_text,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(max(level, logging.WARNING)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
