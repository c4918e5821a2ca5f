"""The consultation as a conversation: questions with choices, skipping, changing, leaving and coming back.

Looks at every message before anything else does. What is part of the consultation is answered here; everything else is
left to the action that the message was meant for, and afterwards the open question is asked again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from actions.consult.answer import Answer
from actions.consult.asking import move_of, next_question, number_of, picked, told_by
from actions.consult.circumstances import Circumstances
from actions.consult.consultant import CONSULTATION, Consultant
from actions.consult.consultation import FIGURES, Consultation
from actions.consult.figures import Figures
from actions.consult.form import filled_in
from actions.consult.result import advise_on, amend, chosen_topics, costs_of, result
from actions.consult.said import Said
from actions.consult.turn import Memory, Message
from actions.rule_table.consultation import Inquiry
from actions.wording.circumstances import describe_told
from actions.wording.saying import Speaker
from actions.wording.writer import Writer

BEGIN = "ask_consultation"
ALL_COSTS = "ask_total_costs"
GIVING = ("give_context", "affirm", "deny")

# What an advice leaves as the last topic.
ADVISED = ("choose",)

# From this confidence on the classifier's word for the wish to begin is taken.
SURE = 0.5

Turn = tuple[Answer, Memory]


def consult(consultant: Consultant, message: Message, memory: Memory) -> Optional[Turn]:
    """Answers what belongs to the consultation; returns None for everything else."""
    figures = Figures.from_entities(message.question.entities)
    told = Circumstances.from_entities(consultant.table, message.question.entities, figures)
    said = Said(consultant, message, memory, told)
    is_form = message.answers is not None
    said = filled_in(said) if is_form else said
    telling = is_form or said.pending or message.intent in GIVING or message.question.value_of("choosing")
    if said.told.conflicts and telling:
        conflict = said.speaker.say(f"told_conflict_{said.told.conflicts[0]}")
        return _reply(said, conflict, said.state, understood=False)
    if is_form:
        return _result(said, said.state) if said.told.describes else _go_on(said, said.state, opening="start")
    moved = _move(said)
    if moved:
        return moved
    if said.pending:
        answered = _answer(said, said.pending)
        if answered:
            return answered
    if _begins(said):
        return _go_on(said, replace(Consultation(told=_known(said)), under_way=True), opening="start")
    everything = told.completed_by(_known(said))
    asked = chosen_topics(consultant, message, memory, everything)
    if asked:
        return advise_on(consultant, message, memory, everything, figures, asked)
    if message.intent == ALL_COSTS and message.confidence >= SURE:
        return costs_of(consultant, message, memory, everything, figures)
    return _amend(said)


def kept(consultant: Consultant, message: Message, answer: Answer, memory: Memory) -> Turn:
    """Returns an answer of another action, with what the message told kept, and the open question asked again."""
    figures = Figures.from_entities(message.question.entities)
    told = Circumstances.from_entities(consultant.table, message.question.entities, figures)
    lasting = (
        told
        if message.intent in GIVING
        else replace(told, wishes=(), lacks=(), frequency=None, turnover=None, alone=False)
    )
    named = tuple(entity for entity in message.question.entities if entity["entity"] in FIGURES)
    state = replace(
        memory.consultation,
        told=lasting.completed_by(memory.consultation.told),
        figures=named or memory.consultation.figures,
    )
    memory = replace(memory, consultation=state)
    question = consultant.table.questions.get(state.pending or "")
    if not question:
        return answer, memory
    speaker = Speaker(Writer(consultant.table, message.language))
    again = speaker.say("back_to", question=question.ask.in_language(message.language))
    return replace(
        answer, text=f"{answer.text}\n\n{again}", suggestions=_choices(speaker, question, state.told.describes)
    ), memory


def _begins(said: Said) -> bool:
    """Whether a message asks to be advised: in words of its own, or by tapping or numbering that question."""
    message = said.message
    if any(
        each["entity"] == "move" and each["value"] == "begin" and not each["start"]
        for each in message.question.entities
    ):
        return True
    if message.intent == BEGIN and message.confidence >= SURE:
        return True
    inquiries, _ = said.consultant.resolve(message, said.memory)
    return bool(inquiries) and inquiries[0].topic == CONSULTATION


def _known(said: Said) -> Circumstances:
    """Returns what was told before, also outside of a consultation."""
    before = said.memory.circumstances
    return said.state.told.completed_by(Circumstances(subject=before.subject, industry=before.industry))


def _tells(said: Said) -> bool:
    """Whether a message tells of the business rather than asks."""
    return not said.message.asks or said.message.intent in GIVING


def _move(said: Said) -> Optional[Turn]:
    move = move_of(said.message)
    state, speaker, question = said.state, said.speaker, said.pending
    if move == "restart" and (state.under_way or not state.told.is_empty):
        return _go_on(said, Consultation(under_way=True), opening="start")
    if move == "resume" and (state.under_way or not state.told.is_empty):
        return _go_on(said, replace(state.resting(), under_way=True))
    number = number_of(said.message)
    by_number = question is not None and number is not None and number == len(question.choices) + 2
    if (move == "finish" and (state.under_way or state.told.describes)) or (by_number and state.told.describes):
        return _result(said, state)
    if not question:
        return None
    if move == "why":
        reason = speaker.cited(question.why, question.facts)
        text = f"{reason}\n{speaker.say('back_to', question=question.ask.in_language(said.message.language))}"
        return _ask(said, question, state, text, facts=question.facts)
    if move == "skip" or number == len(question.choices) + 1:
        return _go_on(said, replace(state, pending=None))
    if move == "stop":
        text = speaker.say("stopped", question=speaker.say("resume"))
        return _reply(said, text, state.resting(), (speaker.say("resume"), speaker.say("finish")))
    return None


def _answer(said: Said, question: Inquiry) -> Optional[Turn]:
    """Returns the next turn where a message answers the open question or tells something else of the business."""
    choice = picked(question, said.message)
    if choice:
        told = said.told.completed_by(told_by(said.consultant.table, choice)).completed_by(_known(said))
        return _go_on(said, replace(said.state, told=told, pending=None))
    if said.told.is_empty or not _tells(said):
        return None
    return _go_on(said, replace(said.state, told=said.told.completed_by(_known(said)), pending=None), opening="noted")


def _amend(said: Said) -> Optional[Turn]:
    """Returns a new advice where a message corrects or completes what the last one rested on."""
    last = bool(said.state.advised) and said.memory.topics == ADVISED
    corrects = bool(said.state.advised) and said.message.intent in GIVING
    if said.told.is_empty or not (corrects or (last and _tells(said))):
        return None
    opening = said.speaker.say("changed", case=_in_words(said.speaker, said.told))
    return amend(said.consultant, said.message, said.memory, said.told.completed_by(_known(said)), opening)


def _in_words(speaker: Speaker, told: Circumstances) -> str:
    return speaker.writer.frame("comma").join(describe_told(speaker, told))


def _go_on(said: Said, state: Consultation, opening: str = "") -> Turn:
    """Asks the next question, or gives the result where none is left."""
    state = replace(state, told=said.told.completed_by(state.told))
    question = next_question(said.consultant.table, state)
    if question is None:
        return _result(said, state)
    speaker = said.speaker
    lines = []
    if opening == "start":
        lines.append(speaker.say("start"))
    if opening in ("start", "noted") and not said.told.is_empty:
        lines.append(speaker.say("noted", case=_in_words(speaker, said.told)))
    state = replace(state.asking(question.id), under_way=True)
    lines.append(
        speaker.say(
            "ask",
            number=str(len(state.passed)),
            most=str(len(said.consultant.table.questions)),
            question=question.ask.in_language(said.message.language),
        )
    )
    return _ask(said, question, state, "\n".join(lines))


def _ask(said: Said, question: Inquiry, state: Consultation, text: str, facts: tuple[str, ...] = ()) -> Turn:
    return _reply(said, text, state, _choices(said.speaker, question, state.told.describes), facts=facts)


def _choices(speaker: Speaker, question: Inquiry, enough: bool) -> tuple[str, ...]:
    """Returns what to tap: the choices, skipping, and the result where enough is known for one."""
    choices = tuple(choice.says.in_language(speaker.language) for choice in question.choices)
    return (*choices, speaker.say("skip"), *([speaker.say("finish")] if enough else []))


def _result(said: Said, state: Consultation) -> Turn:
    told = state.told.completed_by(_known(said))
    if told.is_empty:
        speaker = said.speaker
        question = next(iter(said.consultant.table.questions.values()))
        text = (
            speaker.say("need_more")
            + "\n"
            + speaker.say("ask_again", question=question.ask.in_language(speaker.language))
        )
        return _ask(said, question, replace(state, passed=()).asking(question.id), text)
    memory = replace(said.memory, consultation=replace(state, told=told).ended())
    return result(said.consultant, said.message, memory, told)


def _reply(
    said: Said,
    text: str,
    state: Consultation,
    suggestions: tuple[str, ...] = (),
    understood: bool = True,
    facts: tuple[str, ...] = (),
) -> Turn:
    rows = [said.consultant.table.rows[fact] for fact in facts]
    answer = Answer(
        text=text,
        understood=understood,
        facts=tuple(row.id for row in rows if row.is_guide),
        later=tuple(row.id for row in rows if not row.is_guide),
        suggestions=suggestions,
    )
    return answer, replace(said.memory, consultation=state, choices=())
