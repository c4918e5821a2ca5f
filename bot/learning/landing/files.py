"""The learned files on disk: one writer at a time, all of them or none, whenever the process dies.

What is to be written stands complete in a journal first. Then the review database commits: that is the moment at which
a landing has happened. Then the files are put in their places and the journal goes. After a crash the database is asked
whether it did commit: if so the journal is carried out, else dropped. A reader sees each file old or new, never half.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Mapping, Optional

from bot.learning.landing.errors import FilesChangedError, LandingBusyError
from bot.learning.landing.lesson import FILE, Lesson
from bot.learning.landing.rendering import Content, render

FOLDER = FILE.parent
LOCK = FOLDER / ".lock"
JOURNAL = FOLDER / ".landing"
MANIFEST = "manifest.json"
PATIENCE = 60.0
PAUSE = 0.05


class Steps:
    """What is told how far a landing has come. Tests stop the process there."""

    def reached(self, step: str) -> None:
        """Is called before the next step begins."""


QUIETLY = Steps()


@contextmanager
def only_writer(project: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keeps all other processes of this machine from landing. Raises LandingBusyError after so many seconds."""
    (project / FOLDER).mkdir(parents=True, exist_ok=True)
    with (project / LOCK).open("a") as file:
        end = time.monotonic() + patience
        while not _locked(file.fileno()):
            if time.monotonic() > end:
                raise LandingBusyError("somebody else is landing or undoing: wait until that is done, then try again")
            time.sleep(PAUSE)
        yield


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def require_own(project: Path, lessons: list[Lesson]) -> None:
    """Raises FilesChangedError where a learned file is not what the lessons make of it."""
    changed = [
        path for path, content in render(lessons).items() if path != FILE and content_of(project / path) != content
    ]
    if changed:
        names = ", ".join(path.as_posix() for path in changed)
        raise FilesChangedError(
            f"{names}: changed by hand, and written by Wenhao alone. Nothing was overwritten. Put what you changed "
            "into a file of your own beside it; then 'wenhao logs land --rewrite' writes it anew and keeps yours as "
            "NAME.edited"
        )


def content_of(file: Path) -> Content:
    """Returns what a file holds, None where there is none."""
    return file.read_bytes() if file.exists() else None


def write_journal(project: Path, batch: str, files: Mapping[Path, Content], steps: Steps = QUIETLY) -> None:
    """Writes down what is to be done, whole and flushed to disk. Only files that change are in it."""
    journal = project / JOURNAL
    drop_journal(project)
    journal.mkdir()
    written: dict[str, Optional[str]] = {}
    for path, content in files.items():
        if content_of(project / path) == content:
            continue
        written[path.as_posix()] = None if content is None else str(len(written))
        if content is not None:
            _write(journal / str(written[path.as_posix()]), content)
        steps.reached(f"journal {path.name}")
    _write(journal / MANIFEST, json.dumps({"batch": batch, "files": written}).encode())
    _flush_folder(journal)
    _flush_folder(journal.parent)


def journal_batch(project: Path) -> Optional[str]:
    """Returns the batch that the journal is of; None where there is none, or it is not complete."""
    try:
        return str(json.loads((project / JOURNAL / MANIFEST).read_text(encoding="utf-8"))["batch"])
    except (OSError, ValueError, KeyError):
        return None


def carry_out(project: Path, steps: Steps = QUIETLY) -> None:
    """Puts the files of a complete journal in their places and deletes it. Can be begun again wherever it stopped."""
    journal = project / JOURNAL
    manifest = json.loads((journal / MANIFEST).read_text(encoding="utf-8"))
    for path, name in manifest["files"].items():
        _place(project / path, None if name is None else (journal / name).read_bytes())
        steps.reached(f"placed {path}")
    # Without its manifest a journal is nothing: what is left of it after a crash here is dropped.
    (journal / MANIFEST).unlink()
    steps.reached("manifest gone")
    drop_journal(project)


def drop_journal(project: Path) -> None:
    """Deletes the journal."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(project / JOURNAL)


def has_journal(project: Path) -> bool:
    """Whether there is a journal, complete or not."""
    return (project / JOURNAL).exists()


def _place(file: Path, content: Content) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        file.unlink(missing_ok=True)
    else:
        # Beside its place, for a file can be renamed within a file system alone. The name is one that nothing reads.
        beside = file.with_name(f".{file.name}.landing")
        _write(beside, content)
        beside.replace(file)
    _flush_folder(file.parent)


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_edited(file: Path) -> None:
    """Keeps a file that was changed by hand beside its place."""
    if file.exists():
        shutil.copy2(file, file.with_name(f"{file.name}.edited"))


def write_all(project: Path, files: Mapping[Path, Content]) -> None:
    """Puts files in their places one by one: for what follows from the lessons alone."""
    for path, content in files.items():
        _place(project / path, content)
