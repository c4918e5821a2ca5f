"""Settings from the environment, each listed in `.env.example`: read once, typed, secrets masked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional

from bot.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent

MOST_DAYS = 3650


class Secret(str):
    """A string that does not show itself: its repr is a row of stars."""

    def __repr__(self) -> str:
        return "Secret('**********')"


@dataclass(frozen=True)
class Settings:
    """Where things are, and how the outside is reached. Paths are absolute."""

    project: Path
    models: Path
    endpoints: Path
    credentials: Path
    log_level: str
    database_url: Optional[Secret]
    review_database_url: Optional[Secret]
    review_key: Optional[Secret]
    review_days: int
    redis_url: Optional[Secret]
    state_file: Path
    public_url: str

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, project: Path = PROJECT) -> Settings:
        """Reads the settings. Raises SettingsError where a named file does not exist or a number is none."""
        settings = cls(
            project=project,
            models=Path(environ.get("MODELS") or project / "models"),
            endpoints=Path(environ.get("ENDPOINTS") or project / "endpoints.yml"),
            credentials=Path(environ.get("CREDENTIALS") or project / "credentials.yml"),
            log_level=environ.get("LOG_LEVEL") or "WARNING",
            database_url=_secret(environ.get("DATABASE_URL")),
            review_database_url=_secret(environ.get("REVIEW_DATABASE_URL")),
            review_key=_secret(environ.get("REVIEW_KEY")),
            review_days=_days(environ.get("REVIEW_DAYS") or "180"),
            redis_url=_secret(environ.get("REDIS_URL")),
            state_file=Path(environ.get("STATE_FILE") or project / "var" / "state.db"),
            public_url=(environ.get("PUBLIC_URL") or "").rstrip("/"),
        )
        for name in ("endpoints", "credentials"):
            file = getattr(settings, name)
            if not file.exists():
                raise SettingsError(f"{file} does not exist: set {name.upper()} to the file, or leave it unset")
        return settings


def _secret(value: Optional[str]) -> Optional[Secret]:
    return Secret(value) if value else None


def _days(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= MOST_DAYS):
        raise SettingsError(
            f"REVIEW_DAYS is no number of days: write a whole number from 1 to {MOST_DAYS}, such as 180"
        )
    return int(value)
