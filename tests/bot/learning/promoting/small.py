"""A whole project with a few of the real topics: its models are real, and trained in seconds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.evaluation.training_data.yaml_files import yaml_files
from bot.settings import PROJECT, Settings
from tests.programs import environment
from tests.small_domain import keep_intents

TOPICS = ("verification_fee", "verification_duration", "menu", "broadcast_quota", "pay_rate", "pay_settlement")
BESIDE = ("out_of_scope", "greet", "thank", "goodbye")
INTENTS = (*(f"ask_{topic}" for topic in TOPICS), *BESIDE)

# Questions of an intent: enough to tell five topics apart. And rows of the cases: enough to see one of them fall.
MOST_QUESTIONS = 60
MOST_NOT_OURS = 400
MOST_ROWS = 90


@dataclass(frozen=True)
class SmallProject:
    """A project in a folder, with a copy of the program that `run` runs."""

    folder: Path

    @classmethod
    def into(cls, folder: Path) -> SmallProject:
        """Writes the project. Its held-out rows are the real ones of its topics."""
        ignore = shutil.ignore_patterns("__pycache__", "learned.yml")
        for name in ("domain", "data/rules", "data/rule_table", "bot", "actions"):
            shutil.copytree(PROJECT / name, folder / name, ignore=ignore)
        for name in ("config.yml", "endpoints.yml", "credentials.yml"):
            shutil.copy(PROJECT / name, folder / name)
        for name in ("data/nlu", "data/learned", "tests/golden", "tests/held_out", "tests/development"):
            (folder / name).mkdir(parents=True)
        keep_intents(folder / "domain", INTENTS)
        _write_questions(folder / "data" / "nlu" / "all.yml")
        for name in ("held_out", "development"):
            _write_rows(PROJECT / "tests" / name / "questions.jsonl", folder / "tests" / name / "questions.jsonl")
        return cls(folder)

    @property
    def settings(self) -> Settings:
        """The project's settings."""
        return Settings.read({}, self.folder)

    def learn(self, questions: Mapping[str, Sequence[str]], batch: str) -> None:
        """Writes the learned files with some questions by intent, as landing does; intents may be new."""
        entries = [{"intent": intent, "examples": _listed(texts)} for intent, texts in questions.items()]
        _write_yaml(self.folder / "data" / "nlu" / "learned.yml", {"version": "3.1", "nlu": entries})
        new = [intent for intent in questions if intent not in INTENTS]
        _write_yaml(self.folder / "domain" / "learned.yml", {"version": "3.1", "intents": new})
        rules = [
            {"rule": intent, "steps": [{"intent": intent}, {"action": "action_answer_question"}]}
            for intent in new
            if not _has_rule(intent)
        ]
        _write_yaml(self.folder / "data" / "rules" / "learned.yml", {"version": "3.1", "rules": rules})
        written = [(intent, text) for intent, texts in questions.items() for text in texts]
        same = {"batch": batch, "kind": "example", "language": "en", "who": "ann", "when": "2026-11-21T10:00:00+00:00"}
        lessons = [
            {**same, "id": f"{batch}-{place}", "text": text, "intent": intent, "why": "", "message": f"text-{place}"}
            for place, (intent, text) in enumerate(written, start=1)
        ]
        self.write_lines("data/learned/lessons.jsonl", lessons)

    def forget(self) -> None:
        """Takes the learned files away."""
        written = ("data/nlu/learned.yml", "domain/learned.yml", "data/rules/learned.yml", "data/learned/lessons.jsonl")
        for name in written:
            (self.folder / name).unlink(missing_ok=True)

    def write_lines(self, name: str, rows: Sequence[object]) -> Path:
        """Writes a file of JSON lines."""
        file = self.folder / name
        file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        return file

    def run(
        self, *arguments: str, lines: str = "", seconds: float = 300, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command of the project's own copy of the program."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=lines,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**environment(**settings), "PYTHONPATH": str(self.folder)},
            timeout=seconds,
            check=False,
        )


def real_questions(intent: str) -> list[str]:
    """Returns the questions that the real project has for an intent."""
    found: list[str] = []
    for file in yaml_files(PROJECT / "data" / "nlu"):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu") or ():
            if entry.get("intent") == intent:
                found += [line.removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
    return found


def _has_rule(intent: str) -> bool:
    return any(f"intent: {intent}\n" in file.read_text("utf-8") for file in (PROJECT / "data" / "rules").glob("*.yml"))


def _write_questions(file: Path) -> None:
    """Writes the real questions of the intents, and all words of the glossary."""
    entries = []
    for real in yaml_files(PROJECT / "data" / "nlu"):
        for entry in yaml.safe_load(real.read_text(encoding="utf-8")).get("nlu") or ():
            if "intent" not in entry:
                entries.append(entry)
            elif entry["intent"] in INTENTS:
                texts = [line.removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
                every = max(1, len(texts) // (MOST_NOT_OURS if entry["intent"] == "out_of_scope" else MOST_QUESTIONS))
                entries.append({**entry, "examples": _listed(texts[::every])})
    _write_yaml(file, {"version": "3.1", "nlu": entries})


def _write_rows(real: Path, file: Path) -> None:
    rows = [json.loads(line) for line in real.read_text(encoding="utf-8").splitlines()]
    topic_of = _topics_of_facts()
    kept = [row for row in rows if {topic_of[fact] for fact in row["facts"]} <= set(TOPICS) and len(row["facts"]) < 4]
    every = max(1, len(kept) // MOST_ROWS)
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in kept[::every]), encoding="utf-8")


def _topics_of_facts() -> dict[str, str]:
    from actions.rule_table.loader import load_rule_table

    table = load_rule_table(PROJECT / "data" / "rule_table")
    return {row.id: row.topic for row in table.rows.values()}


def _listed(texts: Sequence[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def _write_yaml(file: Path, content: object) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


def candidate_like(settings: Settings, model: Path, name: str, trained_at: str, batches: Sequence[str] = ()) -> Path:
    """Puts a copy of a model among the candidates, as one that was trained from the project as it is."""
    from bot.learning.promoting.serving import sha256_of
    from bot.models import fingerprint

    file = settings.models / "candidates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(model, file)
    told = {
        "sha256": sha256_of(file),
        "trained_from": fingerprint(settings.project),
        "trained_at": trained_at,
        "batches": list(batches),
    }
    beside = file.with_name(f"{name.removesuffix('.tar.gz')}.json")
    beside.write_text(json.dumps(told), encoding="utf-8")
    return file
