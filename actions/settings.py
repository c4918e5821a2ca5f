"""Where the actions find their rule table, and as of when they answer unless asked otherwise."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

import yaml

from actions.consult.as_of import AsOf

PROJECT = Path(__file__).resolve().parent.parent

# In the folder of models.
TUNING = "tuning.yml"


class SettingsError(ValueError):
    """A setting can't be used; the message says which, and what it may be."""


@dataclass(frozen=True)
class ActionSettings:
    """`rule_table` is a folder; `as_of` is `guide`, `today` or a date; `tuning` is a file that need not be there."""

    rule_table: Path
    as_of: str = "guide"
    tuning: Optional[Path] = None

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, project: Path = PROJECT) -> ActionSettings:
        """Reads `RULE_TABLE`, `TUNING` and `MODELS` from the environment and `rules.as_of` from endpoints.yml.

        Raises SettingsError where `rules.as_of` is none of guide, today, a date.
        """
        folder = Path(environ.get("RULE_TABLE") or project / "data" / "rule_table")
        endpoints = Path(environ.get("ENDPOINTS") or project / "endpoints.yml")
        rules = _section(endpoints, "rules")
        as_of = str(rules.get("as_of", "guide"))
        try:
            AsOf.parse(as_of, datetime.date.today())
        except ValueError as error:
            raise SettingsError(f"{endpoints}: rules.as_of: {error}") from error
        models = Path(environ.get("MODELS") or project / "models")
        return cls(folder, as_of, Path(environ.get("TUNING") or models / TUNING))


def _section(file: Path, name: str) -> Mapping[str, Any]:
    if not file.exists():
        return {}
    content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return content.get(name) or {}
