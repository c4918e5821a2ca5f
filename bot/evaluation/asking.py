"""Asks a model every case, each question and each dialogue in a conversation of its own."""

from __future__ import annotations

import uuid
from typing import Any, Mapping, Optional, Protocol, Sequence

from bot.evaluation.acts import Act, act_of, topics_in
from bot.evaluation.cases import Case, Expected
from bot.evaluation.outcomes import Outcome


class Answers(Protocol):
    """What answers the messages of a conversation."""

    async def ask(self, text: str, conversation: str, as_of: Optional[str] = None) -> Mapping[str, Any]:
        """Returns the reply to a message."""


async def ask_all(bot: Answers, model: str, cases: Sequence[Case], known: Mapping[str, Act]) -> list[Outcome]:
    """Returns what came of each case, in their order. The turns of a dialogue must follow each other."""
    outcomes: list[Outcome] = []
    conversation = ""
    for case in cases:
        if not case.earlier:
            conversation = uuid.uuid4().hex
        expects = case.expects or Expected()
        for text in expects.before:
            await bot.ask(text, conversation, expects.as_of)
        reply = await bot.ask(case.text, conversation, expects.as_of)
        outcomes.append(_outcome(case, reply, model, known))
    return outcomes


def _outcome(case: Case, reply: Mapping[str, Any], model: str, known: Mapping[str, Act]) -> Outcome:
    return Outcome(
        case=case,
        given=tuple(reply["facts"]),
        shown=case.expects is None or case.expects.judge(reply["reply"], reply["recommendation"]),
        topics=topics_in(reply),
        act=act_of(reply, known),
        intent=reply["intent"],
        confidence=reply["confidence"],
        model=model,
    )
