"""Conversations with the real bot, over the real tracker store, collected and compared with what the bot said."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any, Optional

import pytest
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.endpoints import read_endpoints
from bot.feedback import Feedback, note_feedback
from bot.learning.collecting.key import Hashes
from bot.learning.collecting.skipping import Skipped
from bot.models import TrainedModel
from bot.settings import Settings
from tests.bot.learning.collecting.conftest import KEY, Collection


class Talk:
    """An agent that keeps its conversations in the collection's tracker store."""

    def __init__(self, source: str, model: TrainedModel) -> None:
        self.loop = asyncio.new_event_loop()
        endpoints = read_endpoints(Settings.read({"DATABASE_URL": source}))
        self.agent: Agent = self.loop.run_until_complete(load_agent(str(model.file), endpoints=endpoints))

    def say(
        self, text: str, conversation: str, channel: str = "rest", metadata: Optional[dict[str, Any]] = None
    ) -> dict[str, Any]:
        """Returns the reply object to a message."""
        output = CollectingOutputChannel()
        message = UserMessage(text, output, conversation, input_channel=channel, metadata=metadata)
        self.loop.run_until_complete(self.agent.handle_message(message))
        return next(said["custom"] for said in output.messages if "custom" in said)

    def judge(self, conversation: str, feedback: Feedback) -> None:
        """Notes what somebody says of an answer."""
        self.loop.run_until_complete(note_feedback(self.agent, conversation, feedback))


@pytest.fixture
def talk(collection: Collection, model: TrainedModel) -> Iterator[Talk]:
    """The real bot."""
    talk = Talk(collection.source, model)
    yield talk
    talk.loop.close()


def test_a_conversation_is_collected_as_it_was(collection: Collection, talk: Talk) -> None:
    wechat = "wechat:wx0:gh_0:o-anna"
    key = "gh_0:o-anna:24001:0123456789abcdef"
    told = {"channel": "wechat", "message": key}
    fee = talk.say("公众号认证要多少钱？我的电话13800138000", wechat, "wechat", told)
    talk.judge(wechat, Feedback("unsolved", key, "wechat"))
    refused = talk.say("what will the weather be tomorrow", "ben")
    again = talk.say("tomorrow's weather, please", "ben")
    tapped = talk.say(fee["suggestions"][0], wechat, "wechat", {"channel": "wechat", "message": f"{key}2"})
    pulled = collection.pull(now=4e9, days=3650 * 100)
    assert (pulled.corrupt, pulled.counts.skipped) == ({}, {Skipped.TAPPED: 1})
    first, second, third = collection.messages()
    assert re.fullmatch(r"公众号认证要多少钱？我的电话1[3-9]\d{9}", first.text)
    assert "13800138000" not in first.text
    assert (first.reply, first.topics, first.facts) == (fee["reply"], ["verification_fee"], fee["facts"])
    assert (first.later, first.confidence, first.intent) == (fee["later"], fee["confidence"], fee["intent"])
    assert (first.act, first.reaction, first.channel) == ("answered", "unsolved", "wechat")
    assert first.person == Hashes(KEY).person("wechat:o-anna")
    assert (second.text, second.act, second.reply) == (refused["text"], "refused", refused["reply"])
    assert (second.reaction, third.reaction) == ("rephrased", "person" if again["person"] else "silence")
    assert {row.language for row in collection.texts().values()} == {"zh", "en"}
    assert 5 < len(second.ranking) <= 10
    assert first.model == second.model != ""
    assert tapped["text"] not in {row.text for row in collection.messages()}
