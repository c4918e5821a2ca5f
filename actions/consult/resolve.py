"""From what was said and what is remembered to the topics and cases to look up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from actions.consult.conditions import Conditions
from actions.consult.turn import Memory, Message, Question
from actions.rule_table.table import RuleTable

MOST_TOPICS = 3
MOST_ROWS_BESIDE = 3

# Intents that make sense only after an answer.
FOLLOWING = ("follow_up", "choose_option")

OUT_OF_SCOPE = "out_of_scope"
FEW_WORDS = 6
TERSE = 2

# Above this confidence even words of ours don't make a message ours.
CERTAIN = 0.9

# From this confidence on a question stands on its own, whatever was asked before.
SURE = 0.7
MOST_CHOICES = 4


@dataclass(frozen=True)
class Inquiry:
    """One thing to look up. `as_of` is what was asked for in words, None where nothing was said of the time."""

    topic: str
    conditions: Conditions
    as_of: Optional[str] = None
    compare: bool = False


@dataclass(frozen=True)
class Choices:
    """Nothing certain to look up: the topics to offer. `about_nothing`: a follow-up with nothing before it."""

    topics: tuple[str, ...]
    about_nothing: bool = False


def resolve(table: RuleTable, message: Message, memory: Memory) -> tuple[list[Inquiry], Optional[Choices]]:
    """Returns what to look up, or, where that is open, the choices to offer."""
    inquiries: list[Inquiry] = []
    follows = leans_on_context(table, message, memory)
    questions = (Question("follow_up", message.questions[0].entities),) if follows else message.questions
    for question in questions:
        topics = _topics(table, question, memory)
        if not topics:
            continue
        elsewhere = _said_elsewhere(message, inquiries)
        inquiries += [_inquiry(question, topic, memory, elsewhere) for topic in topics]
    inquiries = [replace(inquiry, as_of=inquiry.as_of or message.asked_as_of) for inquiry in inquiries]
    if inquiries:
        other = [] if follows else _other_reading(table, message, memory)
        return _distinct(inquiries + other)[:MOST_TOPICS], None
    return [], choices_for(table, message)


def leans_on_context(table: RuleTable, message: Message, memory: Memory) -> bool:
    """Whether a message without a subject of its own asks on after an answer: "is it any good?", "an example?".

    Only the unsure reading of a few words is overruled by the context, or one that begins by going on.
    """
    question = message.questions[0]
    if not memory.topics or len(message.questions) > 1 or question.intent in FOLLOWING:
        return False
    if _words(message.text) > FEW_WORDS or question.value_of("other_product"):
        return False
    if not question.topic and _goes_on(question):
        return True
    if message.confidence >= SURE:
        return False
    if question.value_of("area") or question.value_of("account"):
        return False
    area = table.topics[memory.topics[-1]].area
    return any(table.topics_of(area, aspect) for aspect in question.values_of("aspect"))


def _goes_on(question: Question) -> bool:
    """Whether a clause begins with a word that goes on and names another case: "and for a courier?"."""
    begins = any(found["entity"] == "follows" and found.get("start") == 0 for found in question.entities)
    return begins and question.conditions != Conditions()


def is_aside(message: Message) -> bool:
    """Whether a message is but a few words: "it's not verified" said right after an answer amends the question."""
    return _words(message.text) <= FEW_WORDS - 2


def as_follow_up(message: Message) -> Message:
    """Returns a message read as a follow-up on the last answer."""
    return replace(message, questions=(Question("follow_up", message.questions[0].entities),), alternative=None)


def names_our_subject(message: Message) -> bool:
    """Whether a message taken for out of scope names something of ours and nothing else's: better ask than refuse."""
    question = message.questions[0]
    ours = any(question.value_of(name) for name in ("area", "interface"))
    terse = question.value_of("aspect") is not None and _words(message.text) <= TERSE
    foreign = question.value_of("other_product") is not None
    return (ours or terse) and not foreign and message.confidence < CERTAIN


def _words(text: str) -> float:
    """Returns the number of words in a text; two Chinese characters count as one."""
    return sum(1 if word.isascii() else len(word) / 2 for word in text.split())


def _other_reading(table: RuleTable, message: Message, memory: Memory) -> list[Inquiry]:
    """Returns the inquiry of a second reading, where its answer is short enough to stand beside the first."""
    if message.alternative is None:
        return []
    topics = _topics(table, message.alternative, memory)
    short = [topic for topic in topics if len(table.rules_of(topic)) in range(1, MOST_ROWS_BESIDE + 1)]
    return [_inquiry(message.alternative, topic, memory, Conditions()) for topic in short]


def _said_elsewhere(message: Message, inquiries: list[Inquiry]) -> Conditions:
    """Returns what the rest of a message says of the case, for a clause that leaves it open."""
    if len(message.conditions.accounts) < 2:
        return message.conditions
    return inquiries[-1].conditions if inquiries else Conditions()


def _distinct(inquiries: list[Inquiry]) -> list[Inquiry]:
    by_topic: dict[str, Inquiry] = {}
    for inquiry in inquiries:
        by_topic.setdefault(inquiry.topic, inquiry)
    return list(by_topic.values())


def _topics(table: RuleTable, question: Question, memory: Memory) -> list[str]:
    if question.intent == "choose_option":
        return _chosen(question, memory)
    if question.intent == "follow_up":
        return _followed(table, question, memory)
    if question.topic not in table.topics:
        return []
    topic = _with_own_topic(table, question)
    compared = _compared_in_areas(table, topic, question)
    return compared or [topic, *_also_asked(table, topic, question)]


def _compared_in_areas(table: RuleTable, topic: str, question: Question) -> list[str]:
    """Returns what a comparison is asked of, where it is not asked of everything: "... differ in broadcasts?"."""
    areas = question.values_of("area")
    return [other for other in table.topics[topic].compares if table.topics[other].area in areas]


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


def _chosen(question: Question, memory: Memory) -> list[str]:
    number = int(question.value_of("option") or 0)
    return [memory.choices[number - 1]] if 0 < number <= len(memory.choices) else []


def _followed(table: RuleTable, question: Question, memory: Memory) -> list[str]:
    """Returns the topics of an elliptical question: what it names, and for the rest what was asked before."""
    area, aspect = question.value_of("area"), question.value_of("aspect")
    last = [table.topics[topic] for topic in memory.topics if topic in table.topics]
    if area:
        aspects = [aspect] if aspect else [name for topic in last for name in topic.aspects]
        named = [topic.id for name in aspects for topic in table.topics_of(area, name)]
        return list(dict.fromkeys(named))[:2] or [topic.id for topic in table.topics_in(area)[:1]]
    if aspect and last:
        aspects = question.values_of("aspect")
        named = [topic.id for name in aspects for topic in table.topics_of(last[-1].area, name)]
        elsewhere = [topic.id for topic in table.topics.values() if topic.aspects[0] in aspects]
        return list(dict.fromkeys(named))[:2] or elsewhere[:1] or [topic.id for topic in last]
    return [topic.id for topic in last]


def _inquiry(question: Question, topic: str, memory: Memory, elsewhere: Conditions) -> Inquiry:
    named = question.conditions.completed_by(elsewhere)
    follows = question.intent in FOLLOWING
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


def _compares(question: Question, named: Conditions, conditions: Conditions) -> bool:
    # Whoever has one kind of account may still ask how the two differ.
    return len(conditions.accounts) == 2 or (question.value_of("compare") is not None and not named.accounts)


def choices_for(table: RuleTable, message: Message) -> Choices:
    """Returns what to offer where a message leaves open what it asks for: its area's topics, or the likeliest."""
    question = message.questions[0]
    area, aspect = question.value_of("area"), question.value_of("aspect")
    if aspect and not area and message.intent in ("follow_up", OUT_OF_SCOPE):
        having = [topic for topic in table.topics.values() if aspect in topic.aspects]
        fitting = [topic.id for topic in sorted(having, key=lambda topic: topic.aspects.index(aspect))]
        return Choices(tuple(fitting[:MOST_CHOICES]), about_nothing=True)
    if area:
        return Choices(tuple(topic.id for topic in table.topics_in(area))[:MOST_CHOICES])
    if message.intent in FOLLOWING:
        return Choices((), about_nothing=True)
    likely = [Question(intent).topic for intent in message.ranking]
    return Choices(tuple(topic for topic in likely if topic in table.topics)[: MOST_CHOICES - 1])
