"""The assistant in this process: one question in, one reply object out."""

from __future__ import annotations

import uuid
from typing import Any, Mapping, Optional

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.question_text import to_question
from bot.endpoints import read_endpoints
from bot.errors import ModelError
from bot.models import TrainedModel
from bot.settings import Settings

CONTRACT = (
    "conversation",
    "text",
    "reply",
    "language",
    "intent",
    "confidence",
    "understood",
    "facts",
    "later",
    "suggestions",
    "recommendation",
)


class Assistant:
    """Answers messages through Rasa's agent. Messages of one conversation share context."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    @classmethod
    async def load(cls, settings: Settings, model: TrainedModel, keep_conversations: bool = False) -> Assistant:
        """Loads a model. Raises ModelError where that fails."""
        endpoints = read_endpoints(settings, keep_conversations)
        agent = await load_agent(str(model.file), endpoints=endpoints)
        if not agent.is_ready():
            raise ModelError(f"{model.file} can't be loaded: train a new one with 'wenhao train'")
        return cls(agent)

    async def ask(
        self,
        text: str,
        conversation: Optional[str] = None,
        as_of: Optional[str] = None,
        answers: Optional[Mapping[str, int]] = None,
    ) -> dict[str, Any]:
        """Returns the reply to a message, with all keys of the contract and `parts`.

        `answers` are those of a form of the consultation: the number of a choice by question.
        """
        conversation = conversation or uuid.uuid4().hex
        channel = CollectingOutputChannel()
        beside = {"as_of": as_of or None, "answers": answers}
        metadata = {name: value for name, value in beside.items() if value is not None} or None
        await self._agent.handle_message(UserMessage(to_question(text), channel, conversation, metadata=metadata))
        replies = [message["custom"] for message in channel.messages if "custom" in message]
        if not replies:
            raise ModelError("the bot gave no reply: run 'wenhao doctor'")
        return dict(replies[-1])

    async def parse(self, text: str) -> dict[str, Any]:
        """Returns what the pipeline understands of a message by itself."""
        return dict(await self._agent.parse_message(to_question(text)))


def contract_of(reply: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a reply with the keys of the contract alone, in its order."""
    return {key: reply[key] for key in CONTRACT}
