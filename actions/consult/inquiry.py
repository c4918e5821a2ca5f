"""What one reading of a question looks up: its topics, in the case that it names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Optional, Sequence

from actions.consult.conditions import Conditions
from actions.consult.reading import FOLLOWING
from actions.consult.turn import TOPIC_PREFIX, Memory, Message, Question
from actions.rule_table.table import RuleTable


@dataclass(frozen=True)
class Inquiry:
    """One thing to look up.

    `as_of` is what was asked for in words, None where nothing was said of the time; `confidence` is the probability
    that it was asked at all.
    """

    topic: str
    conditions: Conditions
    as_of: Optional[str] = None
    compare: bool = False
    confidence: float = field(default=1.0, compare=False)


def inquiries_of(
    table: RuleTable,
    message: Message,
    read_as: tuple[str, float],
    memory: Memory,
    follows: bool,
    elsewhere: Conditions = Conditions(),
) -> list[Inquiry]:
    """Returns what to look up where a message reads as a topic with a probability."""
    reading_topic, probability = read_as
    question = Question(TOPIC_PREFIX + reading_topic, message.question.entities)
    found = [inquiry_of(question, topic, memory, elsewhere, follows) for topic in _topics(table, question)]
    return [replace(inquiry, confidence=probability) for inquiry in found]


def inquiry_of(
    question: Question, topic: str, memory: Memory, elsewhere: Conditions = Conditions(), follows: bool = False
) -> Inquiry:
    """Returns what to look up of a topic: in the named case, completed by what the message or the asker said before.

    `follows` is whether it goes on from the last answer, whose case and time then count too.
    """
    named = question.conditions.completed_by(elsewhere)
    follows = follows or question.intent in FOLLOWING
    known = memory.conditions.completed_by(memory.circumstances) if follows else memory.circumstances
    if not follows and named.accounts and named.accounts != known.accounts:
        # "What may a service account do?" is not about the asker's own unverified subscription account.
        known = replace(known, verified=None)
    if topic != "interface" and follows:
        known = replace(known, interface=None)
    as_of = question.value_of("as_of") or (memory.as_of if follows else None)
    conditions = named.completed_by(known)
    if topic == "interface" and conditions.interface is None:
        topic = "permissions"
    return Inquiry(topic, conditions, as_of, _compares(question, named, conditions))


def distinct(inquiries: Sequence[Inquiry]) -> list[Inquiry]:
    """Returns the inquiries without those that ask for the same topic in no other case."""
    found: dict[tuple[str, Conditions], Inquiry] = {}
    for inquiry in inquiries:
        found.setdefault((inquiry.topic, replace(inquiry.conditions, industry=None, interface=None)), inquiry)
    return list(found.values())


def said_elsewhere(message: Message, inquiries: Sequence[Inquiry]) -> Conditions:
    """Returns what the rest of a message says of the case, for a clause that leaves it open."""
    if len(message.question.conditions.accounts) < 2:
        return message.question.conditions
    return inquiries[-1].conditions if inquiries else Conditions()


def _compares(question: Question, named: Conditions, conditions: Conditions) -> bool:
    # Whoever has one kind of account may still ask how the two differ.
    return len(conditions.accounts) == 2 or (question.value_of("compare") is not None and not named.accounts)


def _topics(table: RuleTable, question: Question) -> list[str]:
    """Returns the topics a question asks for: those it gathers or compares, else its own and further aspects."""
    if question.topic not in table.topics:
        return []
    gathered = table.topics[question.topic].gathers
    if gathered:
        return list(gathered)
    topic = _with_own_topic(table, question)
    compared = _compared_in_part(table, topic, question)
    return compared or [topic, *_also_asked(table, topic, question)]


def _compared_in_part(table: RuleTable, topic: str, question: Question) -> list[str]:
    """Returns what a comparison is asked of, where it is not asked of everything: "... differ in broadcasts?"."""
    compares = table.topics[topic].compares
    areas = question.values_of("area")
    in_area = [other for other in compares if table.topics[other].area in areas]
    aspects = question.values_of("aspect")
    return in_area or [other for other in compares if table.topics[other].aspects[0] in aspects]


def _also_asked(table: RuleTable, topic: str, question: Question) -> list[str]:
    """Returns the topics of further aspects that one clause names: "what papers do I need, and how much is it"."""
    asked = table.topics[topic]
    others = [aspect for aspect in question.values_of("aspect") if aspect not in asked.aspects]
    if not others or len(question.values_of("aspect")) < 2:
        return []
    foremost = [table.topics_of(asked.area, aspect)[:1] for aspect in others]
    return [other.id for found in foremost for other in found if other.aspects[0] in others]


def _with_own_topic(table: RuleTable, question: Question) -> str:
    """Returns the question's topic; an interface that has a topic of its own (the menu, WeChat Pay) leads there."""
    interface = table.interfaces.get(question.conditions.interface or "")
    if question.topic == "permissions" and interface:
        return interface.topic
    if question.topic == "interface":
        return interface.topic if interface else "permissions"
    return question.topic
