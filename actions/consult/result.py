"""What a consultation comes to: a recommendation, its costs and dates; beside it what else the message asks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Mapping, Optional, Sequence

from actions.consult.advising import TOPIC, Advised, costs, dates, recommended
from actions.consult.answer import Answer, AnswerPart
from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.computed import Case
from actions.consult.conditions import Conditions
from actions.consult.consultant import CONSULTATION, MOST_SUGGESTIONS, Consultant, LookedUp
from actions.consult.consultation import FIGURES
from actions.consult.figures import Figures
from actions.consult.inquiry import Inquiry
from actions.consult.pieces import SURE
from actions.consult.turn import Memory, Message
from actions.plan.document import plan_of
from actions.wording.saying import Speaker
from actions.wording.text import to_text
from actions.wording.writer import Writer

# What asks which account to open.
CHOOSING = ("choose", "choose_permissions")

# What is asked of the types as such, whatever else a message says of its sender.
OF_THE_TYPES = (
    *("permissions", "advanced_examples", "advanced_overview", "difference", "official_attitude", "third_party"),
    *("type_change", "rename", "naming", "display_position", "account_role", "market_split", "account_limit"),
)

# Whoever asks for themselves says so.
FIRST_PERSON = re.compile(
    r"\b(?:we|our|us|i|i'm|my|me|we're|we'd|i'd)\b|\bfor an? |我|咱|本[店公司校院]", re.IGNORECASE
)

ALL_COSTS = ("verification_costs", "pay_costs", "total_costs")
OF_COSTS = (*ALL_COSTS, "verification_fee", "annual_review", "pay_deposit", "pay_rate")
OF_TIME = ("verification_duration", "pay_settlement")

# What is worth asking after a recommendation: the whole plan first.
OFFERED = (
    CONSULTATION,
    "verification_fee",
    "verification_duration",
    "verification_materials",
    "pay_deposit",
    "pitfalls",
)

Turn = tuple[Answer, Memory]


def chosen_topics(consultant: Consultant, message: Message, memory: Memory, told: Circumstances) -> list[Inquiry]:
    """Returns what a message asks where it asks which account suits what was told; nothing where it does not."""
    if not told.describes:
        return []
    inquiries, _ = consultant.resolve(message, memory)
    topics = [inquiry.topic for inquiry in inquiries]
    of_the_types = bool(set(topics[:1]) & set(OF_THE_TYPES))
    for_oneself = FIRST_PERSON.search(message.text) is not None
    if (set(topics) & set(CHOOSING) and (for_oneself or not of_the_types)) or (
        _asks_which(message) and not of_the_types
    ):
        return inquiries or [Inquiry(CONSULTATION, Conditions())]
    return []


def _asks_which(message: Message) -> bool:
    """Whether a message asks in plain words which account its sender should have, and says what for."""
    question = message.question
    for_oneself = question.value_of("choosing") is not None and FIRST_PERSON.search(message.text) is not None
    return for_oneself and question.value_of("compare") is None and _wishes(message)


def _wishes(message: Message) -> bool:
    return any(entity["entity"] in ("wish", "company", "subject", "frequency") for entity in message.question.entities)


def case_of(consultant: Consultant, message: Message, told: Circumstances, figures: Figures) -> Case:
    """Returns what the parts of an advice are computed from."""
    speaker = Speaker(Writer(consultant.table, message.language))
    today = consultant.day_of(message)
    as_of = AsOf.parse(message.as_of or message.asked_as_of or consultant.as_of, today)
    conditions = Conditions(subject=told.subject, industry=told.industry)
    return Case(consultant.table, speaker, figures, told, conditions, as_of, today)


def advise_on(
    consultant: Consultant,
    message: Message,
    memory: Memory,
    told: Circumstances,
    figures: Figures,
    inquiries: Sequence[Inquiry],
) -> Turn:
    """Recommends an account, and adds costs, dates and whatever else is asked as well."""
    case = case_of(consultant, message, told, figures)
    sure = [inquiry for inquiry in inquiries if inquiry.confidence >= SURE]
    topics = {inquiry.topic for inquiry in sure}
    aspects = set(message.question.values_of("aspect"))
    asked = [inquiry.topic for inquiry in inquiries[:1] if inquiry.topic in CHOOSING]
    rules = [row.id for topic in dict.fromkeys((*asked, "choose")) for row in case.table.rules_of(topic)]
    all_costs = bool(topics & set(ALL_COSTS)) or "cost" in aspects
    first, found = recommended(case, rules, with_practices=not all_costs)
    parts = [first]
    if found.account and all_costs:
        parts.append(costs(case))
    dated = bool(figures.start or figures.deadline) and not topics & set(OF_TIME)
    on_time = dates(case) if found.account and ("duration" in aspects or dated) else None
    parts += [on_time] if on_time else []
    told_rows = {row for each in parts for row in each.rows}
    others = [
        inquiry
        for inquiry in sure
        if not (all_costs and inquiry.topic in OF_COSTS)
        and not (on_time and inquiry.topic in OF_TIME)
        and not {row.id for row in case.table.rules_of(inquiry.topic) if row.is_guide} <= told_rows
        and inquiry.topic not in (*ALL_COSTS, CONSULTATION, "interface")
    ]
    answer, memory = _answer(consultant, case, memory, parts, found.account, message)
    answer = _with_others(
        answer, case, [consultant.look_up(case.speaker.writer, each, message, memory) for each in others]
    )
    asked_topics = tuple(dict.fromkeys([*asked, *(inquiry.topic for inquiry in others)])) or ("choose",)
    return answer, replace(memory, topics=asked_topics)


def _with_others(answer: Answer, case: Case, shown: Sequence[LookedUp]) -> Answer:
    """Returns an advice with what else a message asks after it."""
    parts = (*answer.parts, *(each.part for each in shown))
    facts = [fact for each in shown for findings in each.found for fact in findings.facts]
    return replace(
        answer,
        parts=parts,
        text=to_text(parts, case.speaker.writer.frame("no_cell")),
        facts=tuple(dict.fromkeys([*answer.facts, *facts])),
        later=tuple(dict.fromkeys([*answer.later, *(row for each in shown for row in each.later)])),
    )


def costs_of(consultant: Consultant, message: Message, memory: Memory, told: Circumstances, figures: Figures) -> Turn:
    """Returns all costs together, of an account that takes payments unless something else was told."""
    paying = told if told.wishes else replace(told, wishes=("wechat_pay",))
    case = case_of(consultant, message, paying, figures)
    answer, memory = _answer(consultant, case, memory, [costs(case)], None, message)
    topics = ("verification_fee", "annual_review", "pay_deposit", "pay_rate")
    state = replace(memory.consultation, told=told, advised=())
    return answer, replace(memory, topics=topics, consultation=state)


def amend(consultant: Consultant, message: Message, memory: Memory, told: Circumstances, opening: str) -> Turn:
    """Returns the last advice anew, with what was corrected or added."""
    figures = Figures.from_entities((*message.question.entities, *memory.consultation.figures))
    case = case_of(consultant, message, told, figures)
    before = memory.consultation.advised
    first, found = recommended(case, [row.id for row in case.table.rules_of("choose")])
    parts = [first]
    if found.account:
        parts += [costs(case)] if f"{TOPIC}_costs" in before else []
        on_time = dates(case) if f"{TOPIC}_dates" in before else None
        parts += [on_time] if on_time else []
    answer, memory = _answer(consultant, case, memory, parts, found.account, message)
    return replace(answer, text=f"{opening}\n{answer.text}"), memory


def result(consultant: Consultant, message: Message, memory: Memory, told: Circumstances) -> Turn:
    """Returns the result of a consultation in short, with the plan to keep."""
    figures = Figures.from_entities(memory.consultation.figures)
    case = case_of(consultant, message, told, figures)
    first, found = recommended(case, [row.id for row in case.table.rules_of("choose")])
    pays = "wechat_pay" in told.wishes and found.account == "service"
    on_time = dates(case, with_money=pays) if found.account else None
    parts = [first, *([costs(case)] if found.account else []), *([on_time] if on_time else [])]
    answer, memory = _answer(consultant, case, memory, parts, found.account, message)
    opening = case.speaker.say("finished")
    # Nobody who has the plan needs to be offered it.
    offered = tuple(topic for topic in memory.choices if topic != CONSULTATION)
    suggestions = consultant.questions(offered, message.language)
    answer = replace(answer, text=f"{opening}\n{answer.text}", plan=plan_of(case), suggestions=suggestions)
    return answer, replace(memory, choices=offered)


def _answer(
    consultant: Consultant,
    case: Case,
    memory: Memory,
    advised: Sequence[Advised],
    account: Optional[str],
    message: Message,
) -> Turn:
    table = consultant.table
    rows = list(dict.fromkeys(row for each in advised for row in each.rows))
    parts = _with_sources_once([each.part for each in advised])
    shown = tuple(part.topic for part in parts)
    offered = tuple(topic for topic in OFFERED if topic not in _covered(shown))[:MOST_SUGGESTIONS]
    answer = Answer(
        parts=tuple(parts),
        text=to_text(parts, case.speaker.writer.frame("no_cell")),
        facts=tuple(row for row in rows if table.rows[row].is_guide),
        later=tuple(row for row in rows if not table.rows[row].is_guide),
        suggestions=consultant.questions(offered, message.language),
        recommendation=account,
    )
    figures = _figures(message) or memory.consultation.figures
    state = replace(memory.consultation, told=case.told, figures=figures, advised=shown)
    return answer, replace(memory, topics=("choose",), consultation=state, rows=tuple(rows), choices=offered)


def _with_sources_once(parts: Sequence[AnswerPart]) -> list[AnswerPart]:
    """Returns the parts, a source named once for those that follow each other with the same."""
    following = [*parts[1:], None]
    return [
        replace(part, source=None) if after is not None and after.source == part.source else part
        for part, after in zip(parts, following, strict=True)
    ]


def _covered(shown: Sequence[str]) -> list[str]:
    """Returns the topics that the parts of an advice have answered."""
    by_part = {f"{TOPIC}_costs": ["verification_fee"], f"{TOPIC}_dates": ["verification_duration"]}
    return [topic for part in shown for topic in by_part.get(part, [])]


def _figures(message: Message) -> tuple[Mapping[str, Any], ...]:
    return tuple(entity for entity in message.question.entities if entity["entity"] in FIGURES)
