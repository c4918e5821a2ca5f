"""Candidates that have been compared, without the minutes that it takes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from actions.rule_table.loader import load_rule_table
from actions.settings import ActionSettings
from bot.learning.promoting.candidates import find_candidate
from bot.learning.promoting.comparing import KEPT, report_folder
from bot.learning.promoting.fingerprints import code_hash, data_hash, table_hash
from bot.learning.promoting.golden import read_golden
from bot.learning.promoting.history import Record
from bot.learning.promoting.promotion import promote
from bot.learning.promoting.served import served_model
from bot.learning.promoting.serving import sha256_of
from tests.bot.learning.promoting.made import comparison, row, rows
from tests.bot.learning.promoting.small import SmallProject, candidate_like


def candidate(project: SmallProject, number: int = 1, compared: bool = True, passes: bool = True) -> str:
    """Makes a candidate that has been compared as everything is now; each with other bytes."""
    name = f"candidate-{number}.tar.gz"
    model = project.settings.models / "first.tar.gz"
    file = candidate_like(project.settings, model, name, f"2026-11-21T{number:02}:00:00+00:00", [f"batch-{number}"])
    # What follows the end of an archive is no part of it: another file, the same model.
    with file.open("ab") as content:
        content.write(b"\0" * number)
    beside = file.with_name(f"candidate-{number}.json")
    beside.write_text(json.dumps({**json.loads(beside.read_text()), "sha256": sha256_of(file)}))
    if compared:
        keep_comparison(project, name, passes)
    return name


def keep_comparison(project: SmallProject, name: str, passes: bool = True) -> None:
    settings = project.settings
    found = find_candidate(settings, name)
    serving = served_model(settings)
    assert serving is not None
    table = load_rule_table(ActionSettings.read().rule_table)
    made = comparison([*rows(20), row(now=passes, must_pass=True)])
    fingerprints = {
        "candidate": found.sha256,
        "champion": sha256_of(serving.file),
        "data": data_hash(settings),
        "table": table_hash(),
        "golden": read_golden(settings, table).sha256,
        "code": code_hash(),
    }
    folder = report_folder(settings, found)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / KEPT).write_text(json.dumps(replace(made, fingerprints=fingerprints).as_data()), encoding="utf-8")


def promoted(project: SmallProject, number: int) -> Record:
    return promote(project.settings, find_candidate(project.settings, candidate(project, number)), by="ann")


def serving_name(project: SmallProject) -> str:
    model = served_model(project.settings)
    assert model is not None
    return model.file.name


def change(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
