"""Whether a project would be sound with other learned files: tried on a copy, before anything is changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Mapping

from actions.rule_table.errors import RuleTableError
from actions.rule_table.loader import load_rule_table
from bot.evaluation.training_data.asked_in_tests import FOLDERS
from bot.evaluation.training_data.soundness import check
from bot.learning.landing.files import FOLDER, write_all
from bot.learning.landing.rendering import RULE_TABLE, Content

COPIED = ("domain", "data", *FOLDERS)


@contextmanager
def copy_with(project: Path, files: Mapping[Path, Content]) -> Iterator[Path]:
    """Yields a copy of what a model is trained from and measured by, with some files changed; it is deleted after."""
    with tempfile.TemporaryDirectory(prefix="wenhao") as folder:
        copy = Path(folder).resolve()
        for name in COPIED:
            if (project / name).is_dir():
                shutil.copytree(project / name, copy / name, ignore=lambda at, _: _unread(project, at))
        write_all(copy, files)
        yield copy


def _unread(project: Path, folder: str) -> list[str]:
    return [FOLDER.name] if Path(folder) == project / FOLDER.parent else []


def faults_with(project: Path, files: Mapping[Path, Content]) -> list[str]:
    """Returns what keeps a project from being trained or from answering with these files, each with its place."""
    with copy_with(project, files) as copy:
        faults = [str(problem) for problem in check(copy).findings.blocking]
        try:
            load_rule_table(copy / RULE_TABLE.parent)
        except RuleTableError as error:
            faults += [str(fault).replace(f"{copy}/", "") for fault in error.faults]
    return faults
