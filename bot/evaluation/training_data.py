"""Problems in the training questions: one text under two intents, copies, intents with few examples."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from bot.nlu.text import language_of, normalise

FEWEST_PER_LANGUAGE = 20
ASKING = "ask_"


@dataclass(frozen=True)
class Example:
    """One training question and where it stands."""

    text: str
    intent: str
    file: Path
    line: int

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file.name}:{self.line}"


@dataclass(frozen=True)
class Problem:
    """Something wrong. `blocks` where training on it would teach a contradiction."""

    message: str
    blocks: bool = False

    def __str__(self) -> str:
        return self.message


def read_examples(folder: Path) -> list[Example]:
    """Reads the questions of all NLU files, line by line, so that each keeps its place."""
    return [example for file in sorted(folder.glob("*.yml")) for example in _read_file(file)]


def _read_file(file: Path) -> Iterator[Example]:
    intent = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("- intent:"):
            intent = stripped.split(":", 1)[1].strip()
        elif stripped.startswith(("- lookup:", "- synonym:", "- regex:")):
            intent = ""
        elif intent and stripped.startswith("- "):
            yield Example(stripped[2:], intent, file, number)


def find_problems(folder: Path) -> list[Problem]:
    """Returns every problem of the training questions, the blocking ones first."""
    examples = read_examples(folder)
    return [*_conflicts_and_copies(examples), *_thin_intents(examples)]


def _conflicts_and_copies(examples: list[Example]) -> list[Problem]:
    by_text: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_text[normalise(example.text).rstrip("?？.。!！ ")].append(example)
    repeated = [same for same in by_text.values() if len(same) > 1]
    problems = [_repeated(same) for same in repeated]
    return sorted(problems, key=lambda problem: not problem.blocks)


def _repeated(same: list[Example]) -> Problem:
    places = ", ".join(f"{example.place} ({example.intent})" for example in same)
    if len({example.intent for example in same}) > 1:
        return Problem(f"'{same[0].text}' stands under different intents: {places}; keep one", blocks=True)
    return Problem(f"'{same[0].text}' is there {len(same)} times: {places}")


def _thin_intents(examples: list[Example]) -> list[Problem]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for example in examples:
        counts[(example.intent, language_of(example.text))] += 1
    asked = sorted({example.intent for example in examples if example.intent.startswith(ASKING)})
    return [
        Problem(f"{intent} has {counts[(intent, language)]} questions in {language}: fewer than {FEWEST_PER_LANGUAGE}")
        for intent in asked
        for language in ("en", "zh")
        if counts[(intent, language)] < FEWEST_PER_LANGUAGE
    ]
