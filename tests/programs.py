"""The program `wenhao` in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Optional

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "bot")

# What a developer's shell may hold and a test must not depend on.
SETTINGS = (
    "PYTHONUNBUFFERED",
    "RULE_TABLE",
    "ENDPOINTS",
    "CREDENTIALS",
    "MODELS",
    "LOG_LEVEL",
    "DATABASE_URL",
    "REVIEW_DATABASE_URL",
    "REVIEW_KEY",
    "REVIEW_DAYS",
    "REDIS_URL",
    "STATE_FILE",
    "PUBLIC_URL",
    "WECHAT_TOKEN",
    "WECHAT_APP_ID",
    "WECHAT_APP_SECRET",
    "WECHAT_ENCODING_AES_KEY",
    "WECHAT_PREVIOUS_ENCODING_AES_KEY",
    "WECHAT_ACCOUNT_TYPE",
    "WECHAT_VERIFIED",
    "WECHAT_AGENT_HOURS",
    "WECHAT_API_BASE_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_PERSON_CHANNEL",
    "SLACK_PERSON_HOURS",
    "SLACK_OPERATORS",
    "SLACK_SETTINGS_BY",
    "SLACK_API_BASE_URL",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_ENCRYPTION_KEY",
)


def environment(**settings: object) -> dict[str, str]:
    """Returns the environment with these settings and no others of the project's."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **{name: str(value) for name, value in settings.items()}}


def wenhao(
    *arguments: str, lines: Optional[str] = None, settings: Optional[Mapping[str, object]] = None, seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end. `lines` is what it reads on standard input."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=lines or "",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(**(settings or {})),
        timeout=seconds,
        check=False,
    )


def short(text: str) -> str:
    """Returns a name for a test of a long text."""
    return f"{text[:8] or 'empty'}*{len(text)}"
