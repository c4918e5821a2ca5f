"""What the review shows of the project: the intents with their titles, and the questions that are trained already."""

from __future__ import annotations

from pathlib import Path
from threading import Lock, Thread
from typing import Mapping, NamedTuple, Optional, Sequence

from actions.rule_table.table import RuleTable
from bot.evaluation.training_data import domain, questions
from bot.learning.deciding.draft_table import table_of
from bot.learning.deciding.names import domain_intents
from bot.learning.drafts import ASKING
from bot.review.neighbours import Neighbours
from bot.settings import Settings

MOST_FOUND = 12

Stamp = tuple[tuple[str, int, int], ...]


class Intent(NamedTuple):
    """An intent that texts may be accepted into, with its topic's title in both languages."""

    name: str
    en: str
    zh: str

    def title(self, language: str) -> str:
        """Returns its title."""
        return self.zh if language == "zh" else self.en


class Project:
    """Reads the project's files again where they changed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._intents: Optional[tuple[RuleTable, Stamp, Mapping[str, Intent]]] = None
        self._trained = Neighbours(())
        self._trained_stamp: Optional[Stamp] = None
        self._reading: Optional[Thread] = None

    @property
    def table(self) -> RuleTable:
        """The rule table as it is now. Raises RuleTableError where it has faults."""
        return table_of(self._settings.project)

    @property
    def intents(self) -> Mapping[str, Intent]:
        """The intents that texts may be accepted into, by their names: topics first, in the table's order."""
        table, stamp = self.table, _stamp(self._settings.project / domain.FOLDER)
        with self._lock:
            if self._intents is None or self._intents[0] is not table or self._intents[1] != stamp:
                self._intents = table, stamp, _intents(table, domain_intents(self._settings))
            return self._intents[2]

    def title(self, intent: Optional[str], language: str) -> str:
        """Returns what an intent is called, its name where it is no topic's."""
        found = self.intents.get(intent or "")
        return found.title(language) if found else (intent or "")

    def find_intents(self, wanted: str, most: int = MOST_FOUND) -> list[Intent]:
        """Returns the intents whose name or titles hold all words that are looked for, best first."""
        words = wanted.lower().split()
        found = [intent for intent in self.intents.values() if _fits(intent, words)]
        return sorted(found, key=lambda intent: not _begins(intent, words))[:most] if words else []

    def neighbours(self) -> Neighbours:
        """Returns the trained questions, to be looked up by likeness.

        They are read beside, which takes some seconds: until then there are none, and after a change those of before.
        """
        stamp = _stamp(self._settings.project / questions.FOLDER)
        with self._lock:
            if stamp != self._trained_stamp and (self._reading is None or not self._reading.is_alive()):
                self._reading = Thread(target=self._read_trained, args=(stamp,), daemon=True)
                self._reading.start()
            return self._trained

    def wait(self) -> None:
        """Waits until the trained questions are read."""
        self.neighbours()
        reading = self._reading
        if reading is not None:
            reading.join()

    def _read_trained(self, stamp: Stamp) -> None:
        trained = Neighbours(questions.read_examples(self._settings.project / questions.FOLDER))
        with self._lock:
            self._trained, self._trained_stamp = trained, stamp


def _intents(table: RuleTable, known: Sequence[str]) -> dict[str, Intent]:
    topics = {
        ASKING + each.id: Intent(ASKING + each.id, each.title.en, each.title.zh) for each in table.topics.values()
    }
    # Moves of a conversation (greet, thank) have no titles: they are called by their names.
    others = {name: Intent(name, name.replace("_", " "), name) for name in known if name not in topics}
    return {**{name: intent for name, intent in topics.items() if name in known}, **others}


def _fits(intent: Intent, words: Sequence[str]) -> bool:
    told = f"{intent.name} {intent.name.replace('_', ' ')} {intent.en} {intent.zh}".lower()
    return all(word in told for word in words)


def _begins(intent: Intent, words: Sequence[str]) -> bool:
    return any(told.lower().removeprefix(ASKING).startswith(words[0]) for told in intent)


def _stamp(folder: Path) -> Stamp:
    found = sorted(folder.rglob("*.yml"))
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in found)
