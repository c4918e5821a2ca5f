"""What the review shows of the project: the intents with their titles, and the questions that are trained already."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Mapping, NamedTuple, Optional, Sequence

from actions.rule_table.loader import load_rule_table
from actions.rule_table.table import RuleTable
from actions.settings import ActionSettings
from bot.evaluation.training_data.questions import FOLDER, read_examples
from bot.review.neighbours import Neighbours
from bot.settings import Settings

OUT_OF_SCOPE = "out_of_scope"
PREFIX = "ask_"
MOST_FOUND = 12

Stamp = tuple[tuple[str, int, int], ...]


class Intent(NamedTuple):
    """An intent that texts may be accepted into, with its topic's title in both languages."""

    name: str
    en: str
    zh: str
    area: str

    def title(self, language: str) -> str:
        """Returns its title."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class _Known:
    stamp: Stamp
    table: RuleTable
    intents: Mapping[str, Intent]


class Project:
    """Reads the project's files again where they changed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._known: Optional[_Known] = None
        self._trained: Optional[tuple[Stamp, Neighbours]] = None

    @property
    def table(self) -> RuleTable:
        """The rule table as it is now. Raises RuleTableError where it has faults."""
        return self._read().table

    @property
    def intents(self) -> Mapping[str, Intent]:
        """Every topic's intent by its name, in the table's order."""
        return self._read().intents

    def title(self, intent: Optional[str], language: str) -> str:
        """Returns what an intent is called, its name where it is no topic's."""
        found = self.intents.get(intent or "")
        return found.title(language) if found else (intent or "")

    def find_intents(self, wanted: str, most: int = MOST_FOUND) -> list[Intent]:
        """Returns the intents whose name or titles hold all words that are looked for."""
        words = wanted.lower().split()
        found = [intent for intent in self.intents.values() if _fits(intent, words)]
        return sorted(found, key=lambda intent: not any(map(_begins(words), intent)))[:most] if words else []

    def neighbours(self) -> Neighbours:
        """Returns the trained questions, to be looked up by likeness. Takes a second or two where they changed."""
        folder = self._settings.project / FOLDER
        stamp = _stamp(folder)
        with self._lock:
            if self._trained is None or self._trained[0] != stamp:
                self._trained = stamp, Neighbours(read_examples(folder))
            return self._trained[1]

    def _read(self) -> _Known:
        folder = ActionSettings.read().rule_table
        stamp = _stamp(folder)
        with self._lock:
            if self._known is None or self._known.stamp != stamp:
                table = load_rule_table(folder)
                self._known = _Known(stamp, table, _intents(table))
            return self._known


def _intents(table: RuleTable) -> dict[str, Intent]:
    return {
        PREFIX + topic.id: Intent(PREFIX + topic.id, topic.title.en, topic.title.zh, topic.area)
        for topic in table.topics.values()
    }


def _fits(intent: Intent, words: Sequence[str]) -> bool:
    told = f"{intent.name} {intent.name.replace('_', ' ')} {intent.en} {intent.zh}".lower()
    return all(word in told for word in words)


def _begins(words: Sequence[str]) -> object:
    return lambda told: any(told.lower().removeprefix(PREFIX).startswith(word) for word in words)


def _stamp(folder: Path) -> Stamp:
    found = sorted(folder.rglob("*.yml"))
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in found)
