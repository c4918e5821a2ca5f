"""Talking to the assistant from plain test functions."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

import structlog

from bot.assistant import Assistant
from bot.models import TrainedModel
from bot.settings import Settings

Reply = dict[str, Any]


@dataclass(frozen=True)
class Bot:
    """The assistant, with an event loop of its own."""

    assistant: Assistant
    loop: asyncio.AbstractEventLoop

    @classmethod
    def start(cls, model: TrainedModel) -> Bot:
        """Loads a model."""
        # Rasa logs every step of every turn otherwise.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        loop = asyncio.new_event_loop()
        return cls(loop.run_until_complete(Assistant.load(Settings.read(environ={}), model)), loop)

    def close(self) -> None:
        """Ends the event loop."""
        self.loop.close()

    def ask(
        self,
        text: str,
        conversation: Optional[str] = None,
        as_of: Optional[str] = None,
        answers: Optional[Mapping[str, int]] = None,
    ) -> Reply:
        """Returns the reply to one message, or to a form of the consultation with its words."""
        return self.loop.run_until_complete(self.assistant.ask(text, conversation, as_of, answers))

    def talk(self, *texts: str) -> list[Reply]:
        """Returns the replies to the messages of one conversation."""
        conversation = uuid.uuid4().hex
        return [self.ask(text, conversation) for text in texts]
