"""Cases to reckon with, from a text as the figures' extractor reads it."""

from __future__ import annotations

import datetime
from typing import Any, Optional

from actions.consult.as_of import AsOf
from actions.consult.circumstances import Circumstances
from actions.consult.computed import Case
from actions.consult.conditions import Conditions
from actions.consult.figures import Figures
from actions.rule_table.model import Language
from actions.rule_table.table import RuleTable
from actions.wording.saying import Speaker
from actions.wording.writer import Writer
from bot.nlu.figure_extractor import figures_of
from bot.nlu.text import normalise
from tests.actions.asking import TABLE, TODAY


def figures_in(text: str) -> Figures:
    """Returns the figures of a text."""
    return Figures.from_entities(list(figures_of(normalise(text), [])))


def case_of(
    text: str = "",
    language: Language = "en",
    as_of: Optional[datetime.date] = None,
    told: Circumstances = Circumstances(),
    table: RuleTable = TABLE,
    **conditions: Any,
) -> Case:
    """Returns the case of a question, with what was told of the business."""
    speaker = Speaker(Writer(table, language))
    return Case(table, speaker, figures_in(text), told, Conditions(**conditions), AsOf(as_of), TODAY)
