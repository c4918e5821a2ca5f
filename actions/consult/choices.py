"""What to offer where a message leaves open what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from actions.consult.reading import FOLLOWING, OUT_OF_SCOPE
from actions.consult.turn import Memory, Message, Question
from actions.rule_table.table import RuleTable

MOST_CHOICES = 4


@dataclass(frozen=True)
class Choices:
    """Nothing certain to look up: the topics to offer. `about_nothing`: a follow-up with nothing before it."""

    topics: tuple[str, ...]
    about_nothing: bool = False


def choices_for(table: RuleTable, message: Message) -> Choices:
    """Returns what to offer where a message leaves open what it asks for: its area's topics, or the likeliest."""
    question = message.question
    area, aspect = question.value_of("area"), question.value_of("aspect")
    if aspect and not area and message.intent in ("follow_up", OUT_OF_SCOPE):
        having = [topic for topic in table.topics.values() if aspect in topic.aspects]
        fitting = [topic.id for topic in sorted(having, key=lambda topic: topic.aspects.index(aspect))]
        return Choices(tuple(fitting[:MOST_CHOICES]), about_nothing=True)
    if area:
        return Choices(tuple(topic.id for topic in table.topics_in(area))[:MOST_CHOICES])
    if message.intent in FOLLOWING:
        return Choices((), about_nothing=True)
    likely = [Question(intent).topic for intent, _ in message.ranking]
    return Choices(tuple(topic for topic in likely if topic in table.topics)[: MOST_CHOICES - 1])


def chosen(question: Question, memory: Memory) -> Optional[str]:
    """Returns the topic that a message chooses by its number among those offered last."""
    number = int(question.value_of("option") or 0)
    return memory.choices[number - 1] if 0 < number <= len(memory.choices) else None
