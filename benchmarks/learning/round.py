"""How long a whole round takes, from a label to a new model that serves: `python -m benchmarks.learning.round`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typer

from benchmarks.machine import Machine
from bot.learning.database import open_review_database
from bot.learning.deciding import make_draft
from bot.learning.deciding.adding import add_texts
from bot.learning.drafts import Draft
from bot.models import newest_model
from bot.settings import PROJECT, Settings

FOLDERS = ("actions", "bot", "data", "domain", "tests")
FILES = ("config.yml", "credentials.yml", "endpoints.yml")
STEPS = (("logs", "check"), ("logs", "land"), ("train", "--candidate"), ("compare",), ("promote",))

# Made up: no rule of anybody's.
TOPIC = {
    "name": "lost_parcel",
    "title": {"en": "Lost parcels", "zh": "包裹丢失"},
    "question": {"en": "When is a lost parcel paid for?", "zh": "包裹丢了多久赔付？"},
    "area": "operating",
    "rows": [
        {
            "id": "parcel.days",
            "answer": {"en": "A lost parcel is paid for within {days}.", "zh": "包裹丢失，{days}内赔付。"},
            "values": [{"name": "days", "value": "9", "unit": "working_day"}],
            "source": "S_PARCELS",
            "confidence": "low",
        }
    ],
    "sources": [{"id": "S_PARCELS", "title": "Notes for a measurement", "kind": "guide", "date": "2026-11"}],
}
EXAMPLES = (
    "the courier lost my parcel, who pays",
    "a parcel went missing three weeks ago",
    "compensation for lost shipments",
    "how long until they refund a package that never came",
    "our delivery vanished, when is it paid for?",
    "is there money back for parcels that get lost on the way",
    "快递把包裹弄丢了怎么赔",
    "包裹丢失赔付要几天",
    "寄出去的货不见了，什么时候能赔",
    "物流丢件谁来赔钱",
    "丢了的快递多长时间给赔偿",
    "包裹一直没到，算丢件吗，怎么赔",
)


def one_round() -> None:
    """Teach one new topic by twelve examples in a copy of the project: label, check, land, train, compare, promote."""
    model = newest_model(Settings.read(environ={}))
    if model is None:
        sys.exit("benchmarks: there is no model to compare with: run 'wenhao train'")
    with tempfile.TemporaryDirectory() as thrown_away:
        project = Path(thrown_away)
        _copy(project, model.file)
        began = time.monotonic()
        _label(Settings.read(environ={}, project=project))
        print(f"label: {time.monotonic() - began:.1f} s", flush=True)
        for step in STEPS:
            _carry_out(project, step)
        print(f"together: {time.monotonic() - began:.1f} s. {Machine.read()}")


def _copy(project: Path, model: Path) -> None:
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in FILES:
        shutil.copy(PROJECT / name, project / name)
    (project / "models").mkdir()
    for file in (model, model.with_name("trained_from.json")):
        shutil.copy2(file, project / "models" / file.name)


def _label(settings: Settings) -> None:
    database = open_review_database(settings)
    draft = Draft.from_data(TOPIC)
    make_draft(database, settings, draft, "measurement")
    add_texts(database, settings, EXAMPLES, draft.intent, "measurement")
    database.close()


def _carry_out(project: Path, step: tuple[str, ...]) -> None:
    began = time.monotonic()
    environ = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *step], cwd=project, env=environ, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"benchmarks: wenhao {' '.join(step)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    print(f"{' '.join(step)}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    typer.run(one_round)
