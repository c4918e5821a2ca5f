"""What a message tells of its sender, with what was told before."""

from __future__ import annotations

from actions.consult.circumstances import Circumstances
from actions.consult.figures import Figures
from actions.consult.turn import Memory, Message
from actions.rule_table.table import RuleTable


def figures_for(topic: str, message: Message, memory: Memory) -> Figures:
    """Returns the figures of a message; where it asks the last topic again, those named before count too."""
    named = Figures.from_entities(message.question.entities)
    if topic not in memory.topics:
        return named
    return named.completed_by(Figures.from_entities(memory.consultation.figures))


def told_for(table: RuleTable, message: Message, memory: Memory) -> Circumstances:
    """Returns what is known of the asker's business after a message."""
    entities = message.question.entities
    told = Circumstances.from_entities(table, entities, Figures.from_entities(entities))
    before = memory.circumstances
    known = memory.consultation.told.completed_by(Circumstances(subject=before.subject, industry=before.industry))
    return told.completed_by(known)
