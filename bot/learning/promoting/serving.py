"""The pointer at the model that serves: models/serving.json, replaced as a whole."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Mapping, Optional

from bot.learning.promoting.errors import PointerError

POINTER = "serving.json"
REMEDY = "run 'wenhao rollback' to return to the model before, or 'wenhao train' for a new one"


@dataclass(frozen=True)
class Serving:
    """The model that serves. `model` is a path below the models' folder, `since` a time in ISO 8601.

    `trained_from` is the fingerprint of what it was trained from (bot.models), `tuning` the thresholds that it was
    promoted with, by language, `report` the folder of the comparison, below the models' folder, where there was one.
    """

    model: str
    sha256: str
    since: str
    trained_from: str
    tuning: Mapping[str, float] = field(default_factory=dict)
    report: str = ""
    by: str = ""
    reason: str = ""


def read_serving(models: Path) -> Optional[Serving]:
    """Returns the pointer, or None where there is none. Raises PointerError where it can't be read."""
    file = models / POINTER
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return _serving(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise PointerError(f"{file} can't be read ({error}): {REMEDY}") from error


def _serving(content: Any) -> Serving:
    if not isinstance(content, dict):
        raise ValueError("it is no object")
    known = {each.name for each in fields(Serving)}
    serving = Serving(**{name: value for name, value in content.items() if name in known})
    texts = (serving.model, serving.sha256, serving.since, serving.trained_from)
    if not all(isinstance(text, str) for text in texts) or not serving.model:
        raise ValueError("a text is missing in it")
    if Path(serving.model).is_absolute() or ".." in Path(serving.model).parts:
        raise ValueError("its model is outside the models' folder")
    return serving


def write_serving(models: Path, serving: Serving) -> None:
    """Replaces the pointer: whoever reads it finds the old one or the new one, also after a power cut."""
    write_durably(models / POINTER, json.dumps(asdict(serving), indent=2, ensure_ascii=False) + "\n")


def write_durably(file: Path, text: str) -> None:
    """Replaces a file by a rename, and waits until both are on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as output:
        output.write(text)
        output.flush()
        os.fsync(output.fileno())
    beside.replace(file)
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def model_of(models: Path, serving: Serving) -> Path:
    """Returns the file that a pointer names. Raises PointerError where it is missing or another than was promoted."""
    file = models / serving.model
    try:
        found = sha256_of(file)
    except OSError as error:
        raise PointerError(f"{file} is missing ({error.strerror}), though it is the serving model: {REMEDY}") from error
    if found != serving.sha256:
        raise PointerError(f"{file} is not the file that was promoted (its sha256 differs): {REMEDY}")
    return file


def sha256_of(file: Path) -> str:
    """Returns the hash of a file's content. Raises OSError where it can't be read."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
