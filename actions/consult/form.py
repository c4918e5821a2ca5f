"""A consultation filled in at once, as a form: the answers come beside a message, whose words may add to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping

from actions.consult.asking import told_by
from actions.consult.circumstances import Circumstances
from actions.consult.consultation import FIGURES, Consultation
from actions.consult.deciding import holds, states_of
from actions.consult.said import Said
from actions.rule_table.table import RuleTable


def filled_in(said: Said) -> Said:
    """Returns a message with a form as the beginning of a new consultation, in which both were told.

    What the form answers settles a contradiction in the words.
    """
    told = _told(said.consultant.table, said.message.answers or {}, said.told)
    open_still = tuple(name for name in said.told.conflicts if getattr(told, name) is None)
    figures = tuple(each for each in said.message.question.entities if each["entity"] in FIGURES)
    begun = Consultation(told=replace(told, conflicts=(), alone=False), under_way=True, figures=figures)
    return replace(said, told=replace(told, conflicts=open_still), memory=replace(said.memory, consultation=begun))


def _told(table: RuleTable, answers: Mapping[str, int], in_words: Circumstances) -> Circumstances:
    """Returns what is told by the answers, and by the words where those leave it open.

    An answer without bearing is left out, as its question would not be asked; one that is none is passed over.
    """
    told = in_words
    for question in table.questions.values():
        number = answers.get(question.id, 0)
        if 0 < number <= len(question.choices) and holds(question.only, states_of(table, told)):
            told = told_by(table, question.choices[number - 1]).completed_by(told)
    return told
