"""From what was said and what is remembered to the topics and cases to look up."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from actions.consult.choices import MOST_CHOICES, Choices, choices_for, chosen
from actions.consult.conditions import Conditions, narrow
from actions.consult.inquiry import Inquiry, distinct, inquiries_of, inquiry_of, said_elsewhere
from actions.consult.pieces import SURE, UNSURE_OVERVIEW, Pieces, bears_out, fewest, without_remarks, without_wide
from actions.consult.reading import (
    FOLLOWING,
    LONG,
    OUT_OF_SCOPE,
    Reading,
    read,
    shared_tuning,
    varying_conditions,
    word_count,
)
from actions.consult.turn import TOPIC_PREFIX, Memory, Message
from actions.rule_table.table import RuleTable

CHOOSE_OPTION = "choose_option"

MOST_TOPICS = 3

# Beside the likeliest reading others are answered too if together they are no longer than this.
MOST_ROWS_BESIDE = 3

# From which share of the first's probability on another reading is worth answering too.
WORTH_A_WORD = 0.02

# Where no topic is likelier than none, but one of them is likelier than not: ask back.
NONE_LIKELIER = 0.5

# Above this confidence even words of ours don't make a message ours.
CERTAIN = 0.9

# From this share on a message counts as going on from the last answer, not as a question of its own.
GOING_ON = 0.5

# A message of so many words that names a case and no more.
FEW_WORDS = 5

# A lone word or two that name an aspect (fee, duration) may be ours, whatever they are taken for.
TERSE = 2


def resolve(
    table: RuleTable, message: Message, memory: Memory, ask_back_below: Optional[float] = None
) -> tuple[list[Inquiry], Optional[Choices]]:
    """Returns what to look up; or, where that is open, the choices to offer; neither, where nothing is asked of us."""
    if message.intent == CHOOSE_OPTION:
        topic = chosen(message.question, memory)
        return ([inquiry_of(message.question, topic, memory)], None) if topic else ([], choices_for(table, message))
    if _names_but_a_case(message, memory):
        return [
            inquiry_of(message.question, topic, memory, follows=True) for topic in _differing(table, message, memory)
        ], None
    reading = read(table, message, memory)
    pieces = without_wide(table, reading, _pieces(table, message, memory))
    inquiries = _each_piece(table, message, memory, reading, pieces)
    if not inquiries:
        leading, reading = _surest(message, reading, pieces)
        least = shared_tuning().ask_back_below if ask_back_below is None else ask_back_below
        choices = _open(table, leading, memory, reading, least)
        if choices or reading.none > reading.confidence:
            return [], choices
        inquiries = _with_other_readings(table, leading, memory, reading, message.question.conditions)
    return [replace(inquiry, as_of=inquiry.as_of or message.asked_as_of) for inquiry in inquiries], None


def _names_but_a_case(message: Message, memory: Memory) -> bool:
    """Whether a message goes on from the last answer with another case and nothing else: "and a service account?"."""
    question = message.question
    other = any(question.value_of(name) for name in ("area", "aspect", "interface", "as_of"))
    few = word_count(message.text) <= FEW_WORDS
    goes_on = bool(memory.topics) and _begins_by_going_on(message)
    return goes_on and few and not other and question.conditions != Conditions()


def _differing(table: RuleTable, message: Message, memory: Memory) -> list[str]:
    """Returns the last topics whose rules differ by what the message names; all of them where none does."""
    named = {name for name in ("account", "verified") if message.question.value_of(name)}
    known = [topic for topic in memory.topics if topic in table.topics]
    return [topic for topic in known if named & varying_conditions(table, topic)] or known


def _pieces(table: RuleTable, message: Message, memory: Memory) -> list[tuple[Message, Reading]]:
    """Returns the pieces that ask for something of ours, each read after the one before."""
    found: list[tuple[Message, Reading]] = []
    before = memory
    # "Really? Only one?" is one remark on the last answer.
    remark = _goes_on(message, memory) and word_count(message.text) <= LONG
    for piece in () if remark else message.pieces:
        reading = read(table, piece, before)
        if reading.confidence > max(reading.none, fewest(piece)):
            found.append((piece, reading))
            if reading.confidence >= SURE:
                before = replace(memory, topics=(reading.likeliest,))
    return found


def _surest(message: Message, whole: Reading, pieces: Pieces) -> tuple[Message, Reading]:
    """Returns whichever is surer, the whole or one of its pieces: a long background can drown the question in it."""
    marked = [each for each in pieces if not each[0].guessed]
    piece, reading = max(marked, key=lambda each: each[1].confidence, default=(message, whole))
    other = reading.likeliest != whole.likeliest or whole.none > whole.confidence
    leads = other and reading.confidence > max(whole.confidence, whole.none)
    return (piece, reading) if leads else (message, whole)


def _each_piece(table: RuleTable, message: Message, memory: Memory, whole: Reading, pieces: Pieces) -> list[Inquiry]:
    """Returns what a message asks in several pieces; nothing where it is one question.

    The whole counts too where it is surer of what no piece is about: a question split in two loses its sense.
    """
    sure = [(piece, reading) for piece, reading in without_remarks(pieces) if reading.confidence >= SURE]
    named = {reading.likeliest for _, reading in sure}
    gathered = set(table.topics[whole.likeliest].gathers)
    if named & gathered and whole.confidence > UNSURE_OVERVIEW:
        return inquiries_of(table, message, whole.topics[0], memory, _goes_on(message, memory))
    if not sure or (sure[0][0].guessed and not bears_out(whole, named)):
        return []
    asked: list[Inquiry] = []
    if whole.likeliest not in named and whole.confidence > max(reading.confidence for _, reading in sure):
        asked = inquiries_of(table, message, whole.topics[0], memory, _goes_on(message, memory))
    before = memory
    for piece, reading in sure:
        follows = _goes_on(piece, before)
        elsewhere = said_elsewhere(message, asked)
        asked += inquiries_of(table, piece, reading.topics[0], before, follows, elsewhere)
        before = replace(memory, topics=(asked[-1].topic,), conditions=asked[-1].conditions)
    different = distinct(asked)
    return different[:MOST_TOPICS] if len(different) > 1 else []


def _open(table: RuleTable, message: Message, memory: Memory, reading: Reading, least: float) -> Optional[Choices]:
    """Returns the choices to offer where the reading leaves open what is asked."""
    if not memory.topics and message.intent in FOLLOWING and reading.confidence < SURE:
        return choices_for(table, message)
    refused = reading.none > reading.confidence
    if refused and _names_our_subject(message):
        return choices_for(table, message)
    if (refused and reading.none > NONE_LIKELIER) or (not refused and reading.confidence >= least):
        return None
    return Choices(tuple(topic for topic, _ in reading.topics[: MOST_CHOICES - 1]))


def _with_other_readings(
    table: RuleTable, message: Message, memory: Memory, reading: Reading, elsewhere: Conditions
) -> list[Inquiry]:
    """Returns what one question asks for: its likeliest reading, and others that are nearly as likely and short."""
    follows = _goes_on(message, memory)
    found = distinct(inquiries_of(table, message, _leading(table, reading), memory, follows, elsewhere))
    if len(found) > 1 or (follows and _amends(message, memory, reading)):
        return found
    room = MOST_ROWS_BESIDE
    probabilities = dict(reading.topics)
    for topic in worth_a_word(reading)[1:]:
        if follows and _lacks_aspect(table, topic, reading.likeliest, message):
            continue
        other = inquiries_of(table, message, (topic, probabilities[topic]), memory, follows, elsewhere)
        other = [inquiry for inquiry in other if inquiry.topic not in {each.topic for each in found}]
        rows = sum(len(narrow(table.rules_of(inquiry.topic), inquiry.conditions)) for inquiry in other)
        if 0 < rows <= room:
            found += other
            room -= rows
    return distinct(found)[:MOST_TOPICS]


def _lacks_aspect(table: RuleTable, topic: str, likeliest: str, message: Message) -> bool:
    """Whether a topic has not the aspect that the message names ("and the cost?") and the likeliest topic has."""
    named = set(message.question.values_of("aspect"))
    had = named.intersection(table.topics[likeliest].aspects)
    return bool(had) and not had.intersection(table.topics[topic].aspects)


def _amends(message: Message, memory: Memory, reading: Reading) -> bool:
    """Whether a message asks the last question again, for another time or case: "and under today's rules?"."""
    other = message.asked_as_of is not None or message.question.conditions != Conditions()
    return other and reading.likeliest in memory.topics


def worth_a_word(reading: Reading) -> list[str]:
    """Returns the topics that are likely enough to be answered, the likeliest first."""
    likely = reading.topics[:MOST_TOPICS]
    return [topic for topic, probability in likely if probability >= WORTH_A_WORD * reading.confidence]


def _leading(table: RuleTable, reading: Reading) -> tuple[str, float]:
    """Returns the likeliest topic; of a comparison, the one part of it that is likely too."""
    compares = table.topics[reading.likeliest].compares
    within = [each for each in reading.topics if each[0] in compares and each[1] >= WORTH_A_WORD]
    return within[0] if len(within) == 1 else reading.topics[0]


def _goes_on(message: Message, memory: Memory) -> bool:
    begins = _begins_by_going_on(message) and word_count(message.text) <= LONG
    return bool(memory.topics) and (_going_on(message) >= GOING_ON or begins)


def _begins_by_going_on(message: Message) -> bool:
    return any(found["entity"] == "follows" and found.get("start") == 0 for found in message.question.entities)


def _going_on(message: Message) -> float:
    """Returns how likely a message is no question of its own but goes on from the last answer or amends it."""
    return sum(confidence for intent, confidence in message.ranking if not intent.startswith(TOPIC_PREFIX))


def _names_our_subject(message: Message) -> bool:
    """Whether a message taken for out of scope names something of ours and nothing else's: better ask than refuse."""
    question = message.question
    ours = any(question.value_of(name) for name in ("area", "interface"))
    terse = question.value_of("aspect") is not None and word_count(message.text) <= TERSE
    foreign = question.value_of("other_product") is not None
    unsure = message.intent == OUT_OF_SCOPE and message.confidence < CERTAIN
    return (ours or terse) and not foreign and unsure
