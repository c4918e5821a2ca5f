"""Asking: each question and each dialogue has a conversation of its own."""

from __future__ import annotations

from typing import Any, Optional

from bot.evaluation.acts import Act
from bot.evaluation.asking import ask_all
from bot.evaluation.cases import Case
from bot.evaluation.outcomes import Outcome


class Parrot:
    """Answers with the fact `fee`, and notes what it was asked in which conversation."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def ask(self, text: str, conversation: str, as_of: Optional[str] = None) -> dict[str, Any]:
        self.asked.append((text, conversation))
        parts = [{"topic": "cost"}]
        return {"reply": text, "facts": ["fee"], "parts": parts, "intent": "ask_cost", "confidence": 0.5}


async def test_turns_share_a_conversation_and_questions_do_not() -> None:
    turns = [Case("b", "en", "", (), dialogue="d"), Case("c", "en", "", (), dialogue="d", earlier=("b",))]
    cases = [Case("a", "en", "", ("fee",)), *turns, Case("b", "en", "", (), dialogue="e"), Case("d", "en", "", ())]
    bot = Parrot()
    outcomes = await ask_all(bot, "m", cases, {})
    assert [text for text, _ in bot.asked] == ["a", "b", "c", "b", "d"]
    conversations = [conversation for _, conversation in bot.asked]
    assert conversations[1] == conversations[2]
    assert len(set(conversations)) == 4
    assert outcomes[0] == Outcome(cases[0], ("fee",), ("cost",), Act.ANSWERED, "ask_cost", 0.5, "m")
    assert [outcome.right for outcome in outcomes] == [True, False, False, False, False]
