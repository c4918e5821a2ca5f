"""The consultation as a modal: what it asks, and what is done about what was put into it."""

from __future__ import annotations

from typing import Any, Optional

from actions.consultant_action import shared_desk
from actions.rule_table.table import RuleTable
from bot.channels.slack.blocks.elements import Block
from bot.channels.slack.blocks.modals.consultation import QUESTION, answers_in, consultation_modal, told_by
from bot.channels.slack.desk import Desk
from bot.channels.slack.listeners.source import Source
from bot.channels.slack.place import Place
from bot.channels.words import say

BETWEEN = " · "

Errors = dict[str, str]


def consultation_view(place: Place, language: str) -> Block:
    """Returns the modal with the questions as they stand in the rule table; its result belongs at `place`."""
    return consultation_modal(_table().questions.values(), language, {"place": place.to_data(), "language": language})


async def take_consultation(
    desk: Desk, source: Source, user: str, view: dict[str, Any], carried: dict[str, Any]
) -> Optional[Errors]:
    """Takes the answers into the inbox: one message to the bot, which gives the result to it."""
    table, language = _table(), carried["language"]
    answers, more = answers_in(view)
    told = [*told_by(table.questions.values(), answers, language), *([more] if more else [])]
    if not told:
        first = next(iter(table.questions))
        return {f"{QUESTION}{first}": say("slack.consultation.empty", language)}
    # The wish for the result tells the bot the language, also where nothing or only a figure was written.
    wish = table.sentences["finish"].in_language(language)
    is_new = await desk.take(
        view["key"],
        "question",
        Place.from_data(carried["place"]),
        language,
        text=say("slack.consultation.asked", language, told=BETWEEN.join(told)),
        is_shown=False,
        form={"answers": answers, "words": f"{wish}\n{more}".strip()},
    )
    if not is_new:
        desk.refusals.count("a modal that was submitted before")
    return None


def _table() -> RuleTable:
    return shared_desk().consultant().table
