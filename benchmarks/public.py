"""Measures Wenhao's NLU pipeline on the public sets, and Rasa's default one beside it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Optional

from benchmarks.machine import Machine
from benchmarks.out_of_scope import Judged, Rejection, area, choose, refused_at_recall, rule_a, rule_b
from benchmarks.pipeline_config import CONFIG, read_config, with_settings
from benchmarks.plan import Plan
from benchmarks.processes import run_to_end
from benchmarks.progress import say
from benchmarks.public_sets import BANKING, BANKING_10, Labelled, PublicSet, PublicSets
from benchmarks.scores import Answer, Scores, score
from benchmarks.system import Command
from benchmarks.through_rasa import WENHAO, ThroughRasa, plain_config, through_rasa

PROJECT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 3600.0
AS_CONFIGURED, TUNED = "as configured", "tuned"

# As the bot runs: one question after the other, in one thread.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class OutOfScope:
    """How well confidences tell out of scope: by rule A, by rule B, and over all thresholds."""

    a: Rejection
    b: Rejection
    area: float
    refused_at_recall: float


@dataclass(frozen=True)
class Measured:
    """One set with one choice of settings. `settings` is None as configured.

    `seconds` and `processor` are the time of the training, on the wall and of the processor; `libraries` is the memory
    before it, `megabytes` the peak.
    """

    set: PublicSet
    settings: Optional[Mapping[str, float]]
    seconds: float
    processor: float
    libraries: float
    megabytes: float
    scores: Scores
    out_of_scope: Optional[OutOfScope]

    @property
    def kind(self) -> str:
        """Whose settings it has."""
        return AS_CONFIGURED if self.settings is None else TUNED


@dataclass(frozen=True)
class PublicRun:
    """Everything that one run measured. `beside` tells what else ran on the machine."""

    machine: Machine
    sets: PublicSets
    measured: Sequence[Measured]
    through_rasa: Sequence[ThroughRasa]
    beside: str


def run_public(sets: PublicSets, plan: Plan, skip_plain: bool, beside: str) -> PublicRun:
    """Measures one set after the other, each in processes of its own."""
    machine = Machine.read()
    cut = PublicSets([each.cut(plan.public_every) for each in sets.sets], sets.missing)
    measured = [one for each in cut.sets for one in _measure(each)]
    return PublicRun(machine, cut, measured, _through_rasa(cut, plan, skip_plain), beside)


def _measure(measured: PublicSet) -> list[Measured]:
    name = measured.spec.name
    say(f"{name}: as configured, {len(measured.train):,} questions")
    as_configured = _with_settings(measured, None)
    say(f"{name}: {_told(as_configured)}; choosing settings on its validation questions")
    job = {"config": read_config(), "train": measured.tuning, "valid": measured.valid}
    settings = run_worker("benchmarks.tuning", job)
    say(f"{name}: chosen {settings}")
    tuned = _with_settings(measured, settings)
    say(f"{name}: {_told(tuned)}")
    return [as_configured, tuned]


def _told(measured: Measured) -> str:
    return f"accuracy {measured.scores.accuracy:.1%}, trained in {measured.seconds:.1f} s"


def _with_settings(measured: PublicSet, settings: Optional[Mapping[str, float]]) -> Measured:
    parts = ("test", "valid", "out", "out_valid") if measured.out else ("test",)
    texts = {part: [text for text, _ in getattr(measured, part)] for part in parts}
    job = {"config": with_settings(read_config(), settings or {}), "train": measured.train, "texts": texts}
    result = run_worker("benchmarks.component_worker", job)
    answers = {part: [Answer(**answer) for answer in found] for part, found in result["answers"].items()}
    return Measured(
        set=measured,
        settings=settings,
        seconds=result["seconds"],
        processor=result["processor"],
        libraries=result["libraries"],
        megabytes=result["megabytes"],
        scores=score([intent for _, intent in measured.test], answers["test"]),
        out_of_scope=_out_of_scope(measured, answers) if measured.out else None,
    )


def _out_of_scope(measured: PublicSet, answers: Mapping[str, Sequence[Answer]]) -> OutOfScope:
    valid = _judged(measured.valid, answers["valid"], answers["out_valid"])
    test = _judged(measured.test, answers["test"], answers["out"])
    a, b = (test.at(choose(valid, rule)) for rule in (rule_a, rule_b))
    return OutOfScope(a, b, area(test), refused_at_recall(test))


def _judged(questions: Sequence[Labelled], inside: Sequence[Answer], outside: Sequence[Answer]) -> Judged:
    rights = zip(inside, (intent for _, intent in questions), strict=True)
    return Judged(
        [(each.confidence, each.intent == intent) for each, intent in rights], [a.confidence for a in outside]
    )


def _through_rasa(sets: PublicSets, plan: Plan, skip_plain: bool) -> list[ThroughRasa]:
    full, ten = sets.find(BANKING), sets.find(BANKING_10)
    train = partial(through_rasa, run_worker=run_worker)
    found = [train(WENHAO, each, CONFIG.read_text(encoding="utf-8")) for each in (full, ten) if each]
    if ten and not skip_plain:
        found.append(train("Rasa's default pipeline", ten, plain_config(plan.epochs)))
    return found


def run_worker(module: str, job: Mapping[str, Any]) -> Any:
    """Returns the result of a job that a process of its own does in one thread."""
    with tempfile.TemporaryDirectory(prefix="wenhao-benchmarks-") as place:
        folder = Path(place)
        (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
        extra = {"PYTHONPATH": str(PROJECT), **ONE_THREAD}
        run_to_end(Command(("-W", "ignore", "-m", module, "job.json", "result.json"), extra), folder, MOST_SECONDS)
        return json.loads((folder / "result.json").read_text(encoding="utf-8"))
