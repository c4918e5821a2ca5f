"""The consultant: from a turn to an answer and what to remember. Pure, over one rule table and one clock."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Iterable, NamedTuple, Optional, Sequence

from actions.consult.answer import Answer, AnswerPart
from actions.consult.as_of import AsOf, Clock
from actions.consult.choices import Choices
from actions.consult.compare import compared, side_by_side
from actions.consult.computed import Case
from actions.consult.conditions import Conditions
from actions.consult.eligibility import way_to, with_way
from actions.consult.findings import Findings, find
from actions.consult.inquiry import Inquiry
from actions.consult.reading import OUT_OF_SCOPE
from actions.consult.reckoning import reckon, with_computed
from actions.consult.resolve import resolve
from actions.consult.telling import figures_for, told_for
from actions.consult.turn import Memory, Message
from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from actions.wording.saying import Speaker
from actions.wording.text import to_text
from actions.wording.writer import Writer

# The topic that stands for the wish to be advised.
CONSULTATION = "consultation"

MOST_SUGGESTIONS = 3
MOST_CHARACTERS = 2000

# So many parts can give their reasons on a phone's screen.
MOST_WITH_REASONS = 2


class LookedUp(NamedTuple):
    """The words that answer one inquiry, the later ids shown in them, and the findings behind them.

    `way` are the rows of the way to what is not open yet, `offered` the words to tap where an amount is open.
    """

    part: AnswerPart
    later: Sequence[str]
    found: Sequence[Findings]
    way: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


class Consultant:
    """Answers from a rule table. `as_of` is the time that counts where nobody asks for another.

    `ask_back_below` is the probability from which on an answer is given; None: that of weights.yml.
    """

    def __init__(
        self,
        table: RuleTable,
        as_of: str = "guide",
        today: Clock = datetime.date.today,
        ask_back_below: Optional[float] = None,
    ) -> None:
        self.table = table
        self.as_of = as_of
        self.today = today
        self.ask_back_below = ask_back_below

    def resolve(self, message: Message, memory: Memory) -> tuple[list[Inquiry], Optional[Choices]]:
        """Returns what to look up, or the choices to offer, or neither."""
        return resolve(self.table, message, memory, self.ask_back_below)

    def is_asked(self, message: Message, memory: Memory) -> bool:
        """Whether a message, after what came before, asks something of ours, clearly or not."""
        inquiries, choices = self.resolve(message, memory)
        return bool(inquiries) or choices is not None

    def answer(self, message: Message, memory: Memory) -> tuple[Answer, Memory]:
        """Answers the questions of a message, asks back where they are open, refuses where they are not ours."""
        inquiries, choices = self.resolve(message, memory)
        # A consultation is no topic with an answer: what leads to it was begun before.
        inquiries = [inquiry for inquiry in inquiries if inquiry.topic != CONSULTATION]
        if choices is not None:
            return self.ask_back(message, memory, choices)
        if not inquiries:
            return self.offer(message, memory, OUT_OF_SCOPE, self.table.phrases.openings, understood=False)
        writer = Writer(self.table, message.language)
        single = len(inquiries) == 1
        looked_up = [self.look_up(writer, inquiry, message, memory, single) for inquiry in inquiries]
        return self._answer(writer, inquiries, looked_up, memory)

    def day_of(self, message: Message) -> datetime.date:
        """Returns the day that counts as today: the one that the sender set beside the text, else the clock's."""
        try:
            return datetime.date.fromisoformat(message.as_of or "")
        except ValueError:
            return self.today()

    def look_up(
        self, writer: Writer, inquiry: Inquiry, message: Message, memory: Memory, single: bool = False
    ) -> LookedUp:
        """Returns what answers one inquiry, with what its figures come to and the way to what is not open yet.

        `single` is whether it is the only one.
        """
        as_of = AsOf.parse(message.as_of or inquiry.as_of or self.as_of, self.today())
        found = self._found(writer, inquiry, as_of)
        case = Case(
            table=self.table,
            speaker=Speaker(writer),
            figures=figures_for(inquiry.topic, message, memory),
            told=told_for(self.table, message, memory),
            conditions=inquiry.conditions,
            as_of=as_of,
            today=self.day_of(message),
        )
        computed = reckon(inquiry.topic, case)
        if computed:
            choices = computed.choices
            return found._replace(part=with_computed(found.part, computed), offered=choices)
        way = way_to(case, inquiry.topic, single)
        return found._replace(part=with_way(found.part, way), way=way.rows) if way else found

    def _found(self, writer: Writer, inquiry: Inquiry, as_of: AsOf) -> LookedUp:
        if inquiry.compare or self.table.topics[inquiry.topic].compares:
            found = compared(self.table, inquiry.topic, inquiry.conditions, as_of)
            if found:
                return LookedUp(*side_by_side(writer, inquiry.topic, found), found)
        findings = find(self.table, inquiry.topic, inquiry.conditions, as_of)
        return LookedUp(writer.write(findings), findings.later, [findings])

    def _answer(
        self,
        writer: Writer,
        inquiries: Sequence[Inquiry],
        looked_up: Sequence[LookedUp],
        memory: Memory,
    ) -> tuple[Answer, Memory]:
        topics = tuple(inquiry.topic for inquiry in inquiries)
        asked = tuple(dict.fromkeys((*memory.asked, *topics)))
        suggested = self._suggested(topics, asked)
        found = [findings for each in looked_up for findings in each.found]
        parts = _fitting_a_phone(_each_once([each.part for each in looked_up]))
        offered = tuple(words for each in looked_up for words in each.offered)
        answer = Answer(
            parts=parts,
            text=to_text(parts, writer.frame("no_cell")),
            facts=_distinct(
                [*(row_id for findings in found for row_id in findings.facts), *self._ways(looked_up, True)]
            ),
            later=_distinct([*(row_id for each in looked_up for row_id in each.later), *self._ways(looked_up, False)]),
            suggestions=offered or self.questions(suggested, writer.language),
            confidence=inquiries[0].confidence,
        )
        remembered = replace(
            memory,
            topics=topics,
            asked=asked,
            choices=() if offered else suggested,
            conditions=inquiries[-1].conditions,
            circumstances=_with_trade(memory.circumstances, inquiries[-1].conditions),
            as_of=inquiries[-1].as_of,
            rows=_distinct(row.id for findings in found for row in findings.leads),
        )
        return answer, remembered

    def _ways(self, looked_up: Sequence[LookedUp], of_guide: bool) -> list[str]:
        rows = [self.table.rows[row_id] for each in looked_up for row_id in each.way]
        return [row.id for row in rows if row.is_guide is of_guide]

    def _suggested(self, topics: Sequence[str], asked: Sequence[str]) -> tuple[str, ...]:
        offered = [other for topic in topics for other in self.table.topics[topic].suggests]
        return _distinct(topic for topic in offered if topic not in asked)[:MOST_SUGGESTIONS]

    def questions(self, topics: Iterable[str], language: Language) -> tuple[str, ...]:
        """Returns the questions that stand for topics, to be tapped."""
        return tuple(self.table.topics[topic].question.in_language(language) for topic in topics)

    def ask_back(self, message: Message, memory: Memory, choices: Choices) -> tuple[Answer, Memory]:
        """Asks which of some topics was meant, or, without any, says what can be asked."""
        name = "which_subject" if choices.about_nothing else "ask_back" if len(choices.topics) > 1 else "ask_back_open"
        topics = choices.topics if len(choices.topics) > 1 else self.table.phrases.openings
        return self.offer(message, memory, name, topics, understood=False)

    def offer(
        self,
        message: Message,
        memory: Memory,
        name: str,
        topics: Sequence[str] = (),
        understood: bool = True,
        **values: str,
    ) -> tuple[Answer, Memory]:
        """Says a stand-alone reply and offers topics."""
        writer = Writer(self.table, message.language)
        answer = Answer(
            text=writer.reply(name, **values),
            understood=understood,
            suggestions=self.questions(topics, message.language),
        )
        return answer, replace(memory, choices=tuple(topics))


def _each_once(parts: Sequence[AnswerPart]) -> list[AnswerPart]:
    """Returns the parts without those that say the same as an earlier one: two topics may have one comparison."""
    said = {(part.lead, part.table): part for part in reversed(parts)}
    return [part for part in parts if said[(part.lead, part.table)] is part]


def _fitting_a_phone(parts: Sequence[AnswerPart]) -> tuple[AnswerPart, ...]:
    """Returns the parts, of many only what answers: the reasons go, answer, source and changes stay."""
    if len(parts) <= MOST_WITH_REASONS:
        return tuple(parts)
    return tuple(replace(part, reason=None) for part in parts)


def _with_trade(known: Conditions, said: Conditions) -> Conditions:
    """Returns what is known of the asker with the trade and kind of entity said in a question, which stay theirs."""
    return replace(known, subject=said.subject or known.subject, industry=said.industry or known.industry)


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
