"""The golden set: what a model is judged by. It grows by whole rows, and no row of it is changed or taken away.

Rows are the questions and dialogues of tests/golden and tests/held_out. Beside them stands what must not be lost: each
topic's own question in both languages, as the rule table has it, and tests/golden/must_pass.jsonl.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

from actions.rule_table.table import RuleTable
from bot.errors import WenhaoError
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.figures import topics_of
from bot.evaluation.json_lines import read_json_lines
from bot.settings import Settings

FOLDERS = (Path("tests/golden"), Path("tests/held_out"))
LISTED = "must_pass.jsonl"

# Of a row's hash so many characters are kept: enough for a million rows.
HASH_LENGTH = 12


@dataclass(frozen=True)
class GoldenSet:
    """`rows` are the hashes of the files' rows; `topic_of` names the topic of each of the guides' facts."""

    cases: tuple[Case, ...]
    must_pass: tuple[Case, ...]
    rows: tuple[str, ...]
    topic_of: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """The hash of all rows, whatever their order."""
        return hashlib.sha256("\n".join(sorted(self.rows)).encode()).hexdigest()

    def expected(self, case: Case) -> tuple[str, ...]:
        """Returns the topics that a case asks for, none where it is not ours."""
        return tuple(topics_of(case, self.topic_of))


def read_golden(settings: Settings, table: RuleTable) -> GoldenSet:
    """Reads the golden set. Raises WenhaoError with file and line where a row is none, or names an unknown topic."""
    topic_of = {row.id: row.topic for row in table.rows.values() if row.is_guide}
    files = golden_files(settings)
    cases = [case for file in files for case in _cases_of(file, table, topic_of)]
    listed = {case.place for case in cases if case.place.rsplit(":", 1)[0].endswith(LISTED)}
    return GoldenSet(
        cases=tuple(case for case in cases if case.place not in listed),
        must_pass=(*_own_questions(table), *(case for case in cases if case.place in listed)),
        rows=row_hashes(settings),
        topic_of=topic_of,
    )


def golden_files(settings: Settings) -> list[Path]:
    """Returns the files of the golden set."""
    return [file for folder in FOLDERS for file in sorted((settings.project / folder).glob("*.jsonl"))]


def row_hashes(settings: Settings) -> tuple[str, ...]:
    """Returns a hash of each row: equal for rows that hold the same, in whatever order of keys."""
    lines = [line for file in golden_files(settings) for line in read_json_lines(file)]
    texts = [json.dumps(line.content, sort_keys=True, ensure_ascii=False) for line in lines]
    return tuple(hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH] for text in texts)


def _cases_of(file: Path, table: RuleTable, topic_of: Mapping[str, str]) -> list[Case]:
    if not read_json_lines(file):
        # A file may still wait for its first row; that rows are missing is the gate's to find.
        return []
    cases = read_cases(file, topic_of)
    for case in cases:
        for topic in case.topics or ():
            if topic not in table.topics:
                raise WenhaoError(f"{case.place}: no topic of the rule table is called {topic}: name another")
    return cases


def _own_questions(table: RuleTable) -> Sequence[Case]:
    return [
        Case(text, language, "", (), topics=(topic.id,), place=f"rule table: {topic.id}")
        for topic in table.topics.values()
        for language, text in (("en", topic.question.en), ("zh", topic.question.zh))
    ]
