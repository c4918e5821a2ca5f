"""One turn of a conversation: what was said, and what is remembered from before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from actions.consult.conditions import Conditions
from actions.consult.consultation import Consultation
from actions.rule_table.model import Language

TOPIC_PREFIX = "ask_"


@dataclass(frozen=True)
class Question:
    """One question inside a message, as it was understood: its intent and the entities in it."""

    intent: str
    entities: tuple[Mapping[str, Any], ...] = ()

    @property
    def topic(self) -> str:
        """The topic of an asking intent (`ask_verification_fee` asks for `verification_fee`), else empty."""
        return self.intent[len(TOPIC_PREFIX) :] if self.intent.startswith(TOPIC_PREFIX) else ""

    @property
    def conditions(self) -> Conditions:
        """The case that the question names."""
        return Conditions.from_entities(self.entities)

    def value_of(self, entity: str) -> Optional[str]:
        """Returns the first value of an entity, or None."""
        return next((found["value"] for found in self.entities if found["entity"] == entity), None)

    def values_of(self, entity: str) -> list[str]:
        """Returns all values of an entity, each once."""
        return list(dict.fromkeys(found["value"] for found in self.entities if found["entity"] == entity))


@dataclass(frozen=True)
class Message:
    """What a person said, as the NLU pipeline understood it.

    `question` is the message as one question; `pieces` are the clauses that have the look of a question, where there
    are several clauses. Where a message is split though nothing marks a question, its pieces are `guessed`. `ranking`
    are the likeliest intents with their confidences; `asks` is whether the message has the look of a question. `as_of`
    is the time that the sender set beside the text, `asked_as_of` the one that the text names. `answers` are those of a
    form of the consultation beside the text, the number of a choice by question.
    """

    text: str
    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    question: Question
    language: Language
    traditional: bool = False
    as_of: Optional[str] = None
    asks: bool = False
    pieces: tuple[Message, ...] = ()
    asked_as_of: Optional[str] = None
    answers: Optional[Mapping[str, int]] = None
    guessed: bool = False

    @classmethod
    def from_parse(cls, parse: Mapping[str, Any], memory: Optional[Memory] = None) -> Message:
        """Reads Rasa's `latest_message`, with what the pipeline's own components add to it.

        A message without words, such as "2", is in the language and script of the one before. A language that was set
        beside the text counts before both.
        """
        intent = parse.get("intent") or {}
        entities = tuple(parse.get("entities") or ())
        name = intent.get("name") or ""
        of_all = {name: parse.get(name) for name in ("language", "traditional", "metadata")}
        language = _set_language(parse.get("metadata")) or parse.get("language") or (memory and memory.language)
        traditional = parse.get("traditional") if parse.get("language") else memory and memory.traditional
        return cls(
            text=parse.get("text") or "",
            intent=name,
            confidence=float(intent.get("confidence") or 0.0),
            ranking=tuple((entry["name"], entry["confidence"]) for entry in parse.get("intent_ranking") or ()),
            question=Question(name, entities),
            language="zh" if language == "zh" else "en",
            traditional=bool(traditional),
            as_of=_as_of(parse.get("metadata")),
            asked_as_of=next((found["value"] for found in entities if found["entity"] == "as_of"), None),
            answers=_answers(parse.get("metadata")),
            asks=bool(parse.get("asks")),
            guessed=bool(parse.get("guessed")),
            pieces=tuple(cls.from_parse({**of_all, **part}, memory) for part in parse.get("questions") or ()),
        )


def _as_of(metadata: Any) -> Optional[str]:
    as_of = metadata.get("as_of") if isinstance(metadata, Mapping) else None
    return as_of if isinstance(as_of, str) else None


def _set_language(metadata: Any) -> Optional[str]:
    """Returns the language that the sender set beside the text, as a channel's settings do."""
    language = metadata.get("language") if isinstance(metadata, Mapping) else None
    return language if language in ("en", "zh") else None


def _answers(metadata: Any) -> Optional[Mapping[str, int]]:
    answers = metadata.get("answers") if isinstance(metadata, Mapping) else None
    if not isinstance(answers, Mapping):
        return None
    return {question: number for question, number in answers.items() if isinstance(number, int)}


@dataclass(frozen=True)
class Memory:
    """What earlier turns left: the slots of `domain/conversation.yml`.

    `failures` are the turns at the end of the conversation that were not understood.
    """

    topics: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    circumstances: Conditions = field(default_factory=Conditions)
    as_of: Optional[str] = None
    rows: tuple[str, ...] = ()
    language: Optional[str] = None
    traditional: bool = False
    failures: int = 0
    consultation: Consultation = field(default_factory=Consultation)

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Memory:
        """Reads the conversation's slots; whatever is missing counts as not yet said."""
        kept = slots.get("memory") or {}
        return cls(
            topics=tuple(kept.get("topics") or ()),
            asked=tuple(kept.get("asked") or ()),
            choices=tuple(kept.get("choices") or ()),
            conditions=Conditions.from_slot(kept.get("conditions")),
            circumstances=Conditions.from_slot(slots.get("circumstances")),
            as_of=kept.get("as_of"),
            rows=tuple(kept.get("rows") or ()),
            traditional=bool(kept.get("traditional")),
            failures=int(kept.get("failures") or 0),
            language=slots.get("language"),
            consultation=Consultation.from_slot(slots.get("consultation")),
        )

    def to_slots(self) -> dict[str, Any]:
        """Returns the slots to set."""
        return {
            "memory": {
                "topics": list(self.topics),
                "asked": list(self.asked),
                "choices": list(self.choices),
                "conditions": self.conditions.to_slot(),
                "as_of": self.as_of,
                "rows": list(self.rows),
                "traditional": self.traditional,
                "failures": self.failures,
            },
            "circumstances": self.circumstances.to_slot(),
            "consultation": self.consultation.to_slot(),
            "language": self.language,
        }
