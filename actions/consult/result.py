"""What a consultation comes to: a recommendation, its costs and dates; beside it what else the message asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Mapping, Optional, Sequence

from actions.consult.advising import TOPIC, Advised, costs, dates, recommended
from actions.consult.answer import Answer
from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.computed import Case
from actions.consult.conditions import Conditions
from actions.consult.consultant import CONSULTATION, MOST_SUGGESTIONS, Consultant
from actions.consult.consultation import FIGURES
from actions.consult.figures import Figures
from actions.consult.inquiry import Inquiry
from actions.consult.resolve import SURE, resolve
from actions.consult.turn import Memory, Message
from actions.plan.document import plan_of
from actions.wording.saying import Speaker
from actions.wording.text import to_text
from actions.wording.writer import Writer

# What asks which account to open; `consultation` stands for the result of the conversation.
CHOOSING = ("choose", "choose_permissions", "consultation")
OF_COSTS = ("verification_fee", "annual_review", "verification_costs", "pay_deposit", "pay_rate", "pay_costs", "total_costs")
OF_TIME = ("verification_duration", "pay_settlement")

# What is worth asking after a recommendation: the whole plan first.
OFFERED = (CONSULTATION, "verification_fee", "verification_duration", "verification_materials", "pay_deposit", "pitfalls")

# Topics that a recommendation answers itself, where they are asked beside it.
ANSWERED = (*CHOOSING, *OF_COSTS, *OF_TIME, "choose_criteria", "difference", "official_attitude", "permissions")

Turn = tuple[Answer, Memory]


def chosen_topics(consultant: Consultant, message: Message, memory: Memory, told: Circumstances) -> list[Inquiry]:
    """Returns what a message asks where it asks which account suits what was told; nothing where it does not."""
    if not told.describes:
        return []
    inquiries, _ = resolve(consultant.table, message, memory)
    topics = {inquiry.topic for inquiry in inquiries}
    named = message.question.value_of("choosing") is not None and not message.question.value_of("compare")
    if topics & set(CHOOSING) or (named and message.asks and _wishes(message)):
        return inquiries or [Inquiry(TOPIC, Conditions())]
    return []


def _wishes(message: Message) -> bool:
    return any(entity["entity"] in ("wish", "company", "subject", "frequency") for entity in message.question.entities)


def case_of(
    consultant: Consultant, message: Message, told: Circumstances, figures: Figures, conditions: Conditions
) -> Case:
    """Returns what the parts of an advice are computed from."""
    speaker = Speaker(Writer(consultant.table, message.language))
    today = consultant.day_of(message)
    as_of = AsOf.parse(message.as_of or message.asked_as_of or consultant.as_of, today)
    return Case(consultant.table, speaker, figures, told, conditions, as_of, today)


def advise_on(
    consultant: Consultant,
    message: Message,
    memory: Memory,
    told: Circumstances,
    figures: Figures,
    opening: str = "",
) -> Turn:
    """Recommends an account, and adds costs and dates where they are asked for as well."""
    case = case_of(consultant, message, told, figures, Conditions(subject=told.subject, industry=told.industry))
    inquiries, _ = resolve(consultant.table, message, memory)
    topics = {inquiry.topic for inquiry in inquiries if inquiry.confidence >= SURE}
    aspects = set(message.question.values_of("aspect"))
    if opening:
        # An amended advice has the parts of the one before.
        topics = {topic for topic in memory.topics if topic.startswith(TOPIC)}
    first, found = recommended(case)
    parts = [first]
    if found.account and (topics & {*OF_COSTS, f"{TOPIC}_costs"} or "cost" in aspects):
        parts.append(costs(case))
    on_time = dates(case) if found.account and (topics & {*OF_TIME, f"{TOPIC}_dates"} or "duration" in aspects) else None
    parts += [on_time] if on_time else []
    others = [
        inquiry
        for inquiry in inquiries
        if inquiry.topic not in ANSWERED and inquiry.confidence >= SURE and len(message.pieces) > 1 and not opening
    ]
    return _answer(consultant, case, memory, parts, found.account, others, message, opening)


def result(consultant: Consultant, message: Message, memory: Memory, told: Circumstances) -> Turn:
    """Returns the result of a consultation in short, with the plan to keep."""
    figures = Figures.from_entities(memory.consultation.figures)
    case = case_of(consultant, message, told, figures, Conditions(subject=told.subject, industry=told.industry))
    first, found = recommended(case, brief=True)
    on_time = dates(case) if found.account else None
    parts = [first, *([costs(case)] if found.account else []), *([on_time] if on_time else [])]
    opening = case.speaker.say("finished")
    answer, memory = _answer(consultant, case, memory, parts, found.account, [], message, opening)
    return replace(answer, plan=plan_of(case)), memory


def _answer(
    consultant: Consultant,
    case: Case,
    memory: Memory,
    advised: Sequence[Advised],
    account: Optional[str],
    others: Sequence[Inquiry],
    message: Message,
    opening: str,
) -> Turn:
    looked_up = [consultant.look_up(case.speaker.writer, inquiry, message, memory) for inquiry in others]
    rows = list(dict.fromkeys(row for each in advised for row in each.rows))
    rows += [fact for each in looked_up for findings in each.found for fact in findings.facts]
    later = [row for each in looked_up for row in each.later]
    table = consultant.table
    parts = [each.part for each in advised] + [each.part for each in looked_up]
    text = to_text(parts, case.speaker.writer.frame("no_cell"))
    shown = tuple(part.topic for part in parts)
    offered = tuple(topic for topic in OFFERED if topic not in (*memory.asked, *_covered(shown)))[:MOST_SUGGESTIONS]
    answer = Answer(
        parts=tuple(parts),
        text=f"{opening}\n{text}" if opening else text,
        facts=tuple(dict.fromkeys(row for row in rows if table.rows[row].is_guide)),
        later=tuple(dict.fromkeys([*later, *(row for row in rows if not table.rows[row].is_guide)])),
        suggestions=consultant.questions(offered, message.language),
        recommendation=account,
    )
    state = replace(memory.consultation, told=case.told, figures=_figures(message) or memory.consultation.figures)
    return answer, replace(memory, topics=shown, consultation=state, rows=tuple(rows), choices=offered)


def _covered(shown: Sequence[str]) -> list[str]:
    """Returns the topics that the parts of an advice have answered."""
    by_part = {f"{TOPIC}_costs": ["verification_fee"], f"{TOPIC}_dates": ["verification_duration"]}
    return [topic for part in shown for topic in by_part.get(part, [])] if len(shown) > 1 else []


def _figures(message: Message) -> tuple[Mapping[str, Any], ...]:
    return tuple(entity for entity in message.question.entities if entity["entity"] in FIGURES)
