"""Which earlier run, or which other model, a run is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from bot.errors import WenhaoError

MODEL = ".tar.gz"


def find_against(name: Optional[str], kept: Path, models: Path) -> Optional[Path]:
    """Returns a file of results, or of a model. Without a name, the kept results, or None where there are none.

    A name is a path, or what a file in the models' folder is called. Raises WenhaoError where there is no such file.
    """
    if name is None:
        return kept if kept.is_file() else None
    for file in (Path(name), Path(name) / kept.name, models / name, models / f"{name}{MODEL}"):
        if file.is_file():
            return file
    there = ", ".join(sorted(file.name for file in models.glob(f"*{MODEL}"))) or "none"
    raise WenhaoError(f"there is no {name}: name a {kept.name} or a model in {models} (there: {there})")


def is_model(file: Path) -> bool:
    """Whether a file is a model rather than results."""
    return file.name.endswith(MODEL)
