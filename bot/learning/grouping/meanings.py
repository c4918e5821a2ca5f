"""What the words of a text mean in both languages: the glossary's concepts and the thesaurus's senses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.nlu.glossary import Glossary
from bot.nlu.glossary_extractor import SENSE
from bot.nlu.question_classifier import NOT_CONCEPTS


class Meanings:
    """Finds meanings by the word lists of the training data, named `entity/value` or `sense/name`."""

    def __init__(self, word_lists: Mapping[str, Sequence[str]]) -> None:
        named = {tuple(name.split("/", 1)): words for name, words in word_lists.items() if "/" in name}
        entries = {(entity, value): words for (entity, value), words in named.items() if entity not in NOT_CONCEPTS}
        self._glossary = Glossary(entries)

    def of(self, text: str) -> list[str]:
        """Returns the meanings in a normalised text, as `entity/value`, each once, in the order of their places."""
        return list(dict.fromkeys(f"{term.entity}/{term.value}" for term in self._glossary.find(text)))

    def words(self, text: str) -> list[str]:
        """Returns the meanings as English words, for names: `refund` for `sense/refund`."""
        found = (meaning.split("/", 1) for meaning in self.of(text))
        # `verified/true` says as much by its entity; a sense's entity says nothing.
        return list(dict.fromkeys(value if entity == SENSE or value.isalpha() else entity for entity, value in found))
