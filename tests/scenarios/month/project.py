"""A project of its own to learn in: the product's code and rule table, and a tenth of its training questions."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.programs import ROOT, environment

FOLDERS = ("actions", "bot", "data", "domain")
FILES = ("config.yml", "credentials.yml", "endpoints.yml")
QUESTION = "      - "

# Out of scope is what all the world asks: with fewer, a small model takes much of it for its own.
MOST = 50
MOST_OUT_OF_SCOPE = 900

# Each model answers every golden question: one in so many is enough here.
GOLDEN = Path("tests/held_out/questions.jsonl")
EVERY = 3


def make_project(folder: Path) -> None:
    """Copies the project, with so few training questions that a training takes seconds."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "learned*"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    for file in (folder / "data" / "nlu").glob("*.yml"):
        most = MOST_OUT_OF_SCOPE if file.name == "out_of_scope.yml" else MOST
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(_fewer(lines, most)), encoding="utf-8")
    (folder / GOLDEN).parent.mkdir(parents=True)
    golden = (ROOT / GOLDEN).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / GOLDEN).write_text("".join(golden[::EVERY]), encoding="utf-8")


def _fewer(lines: list[str], most: int) -> Iterator[str]:
    """Yields the lines with no more than so many questions of each intent, evenly from its beginning to its end."""
    entry: list[str] = []
    for line in [*lines, "  - "]:
        if line.startswith("  - "):
            yield from _evenly(entry, most)
            entry = []
        entry.append(line)


def _evenly(entry: list[str], most: int) -> Iterator[str]:
    asked = [place for place, line in enumerate(entry) if line.startswith(QUESTION)]
    if not entry or "intent:" not in entry[0] or len(asked) <= most:
        yield from entry
        return
    kept = {asked[round(number * (len(asked) - 1) / (most - 1))] for number in range(most)}
    yield from (line for place, line in enumerate(entry) if place not in asked or place in kept)


def run(project: Path, *arguments: str, lines: str = "", seconds: float = 300) -> str:
    """Runs a command of the project to its end and returns what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        cwd=project,
        env=project_environment(project),
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"wenhao {' '.join(arguments)}: {done.stdout[-1500:]}{done.stderr[-1500:]}"
    return done.stdout


def project_environment(project: Path) -> dict[str, str]:
    """Returns the environment in which the copy's code runs, not this project's."""
    return {**environment(), "PYTHONPATH": str(project)}
