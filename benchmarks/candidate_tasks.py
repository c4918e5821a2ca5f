"""What the candidates are asked: the public sets' validation questions, and the project's development questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

from actions.rule_table.loader import load_rule_table
from benchmarks.component_pipeline import Tables
from benchmarks.judging import facts_by_intent, is_right
from benchmarks.pipeline_config import Config, read_config
from benchmarks.public_sets import Labelled, PublicSet, read_sets
from benchmarks.samples import samples_of
from bot.evaluation.cases import read_cases
from bot.evaluation.training_data import read_examples
from bot.evaluation.training_data.word_lists import read_word_lists
from bot.nlu.ngram_model import Sample

PROJECT = Path(__file__).resolve().parent.parent
NLU = PROJECT / "data" / "nlu"
RULE_TABLE = PROJECT / "data" / "rule_table"


@dataclass(frozen=True)
class Task:
    """Samples to learn from, with their labels, and samples to ask, each with the labels that are right for it."""

    name: str
    samples: Sequence[Sample]
    labels: Sequence[str]
    asked: Sequence[Sample]
    right: Sequence[Collection[str]]

    def cut(self, every: int) -> Task:
        """Returns the task with each n-th sample alone, for trying the program."""
        parts = ("samples", "labels", "asked", "right")
        return replace(self, **{part: getattr(self, part)[::every] for part in parts})

    def share(self, answers: Sequence[str]) -> float:
        """Returns the share of right answers."""
        return sum(answer in right for answer, right in zip(answers, self.right, strict=True)) / len(self.asked)


def read_tasks(public_sets: Optional[Path], development: Optional[Path]) -> list[Task]:
    """Returns a task for each public set that is here, and one for a file of development questions."""
    config, tables = read_config(), read_word_lists(NLU)
    tasks = [_of_set(each, config, tables) for each in read_sets(public_sets).sets]
    return [*tasks, _of_development(development, config, tables)] if development else tasks


def _of_set(measured: PublicSet, config: Config, tables: Tables) -> Task:
    right = [{intent} for _, intent in measured.valid]
    return _task(measured.spec.name, measured.tuning, measured.valid, right, config, tables)


def _of_development(file: Path, config: Config, tables: Tables) -> Task:
    """Returns the questions in scope that one fact answers. Right is every intent whose topic covers it."""
    covered = facts_by_intent(load_rule_table(RULE_TABLE))
    cases = [case for case in read_cases(file) if len(case.facts) == 1 and not case.dialogue]
    train = [(example.text, example.intent) for example in read_examples(NLU)]
    right = [{intent for intent in covered if is_right(case, intent, covered)} for case in cases]
    return _task("development", train, [(case.text, "") for case in cases], right, config, tables)


def _task(
    name: str,
    train: Sequence[Labelled],
    asked: Sequence[Labelled],
    right: Sequence[Collection[str]],
    config: Config,
    tables: Tables,
) -> Task:
    samples = samples_of(config, [*train, *asked], tables)
    return Task(name, samples[: len(train)], [intent for _, intent in train], samples[len(train) :], right)
