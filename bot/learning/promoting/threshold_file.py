"""The thresholds of all models by their ids (actions/thresholds.py reads them), and the id of a model."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Mapping, Optional

import yaml

from bot.errors import ModelError
from bot.learning.promoting.serving import write_durably

HEADER = "# From which probability on each model answers rather than asks back. Written by `wenhao promote`.\n"


def read_thresholds(file: Path) -> dict[str, dict[str, float]]:
    """Returns the thresholds of all models by their ids; none where there is no file that can be read."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return content if isinstance(content, dict) else {}


def write_thresholds(file: Path, by_model: Mapping[str, Mapping[str, float]]) -> None:
    """Replaces the file of thresholds."""
    plain = {model: dict(found) for model, found in by_model.items() if found}
    write_durably(file, HEADER + yaml.safe_dump(plain, sort_keys=True))


def model_id_of(file: Path) -> str:
    """Returns the id that a model notes with every message. Raises ModelError where the archive can't be read whole."""
    found: Optional[str] = None
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                if Path(member.name).name == "metadata.json" and len(Path(member.name).parts) <= 2:
                    content = archive.extractfile(member)
                    found = str(json.load(content)["model_id"]) if content else None
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise ModelError(f"{file} is no whole model ({type(error).__name__}): train another") from error
    if not found:
        raise ModelError(f"{file} is no model of this version: train another")
    return found
