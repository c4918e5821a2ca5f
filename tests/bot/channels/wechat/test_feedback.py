"""Whether an answer helped: by a digit, kept in the conversation beside the question."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import ACCOUNT, USER, Weixin, message, read

CONVERSATION = f"wechat:{ACCOUNT}:{USER}"


async def _answer(sent: UserMessage) -> dict[str, Any]:
    parts = [{"lead": "300元。"}] if "认证" in (sent.text or "") else []
    return {"text": "300元。", "custom": {"language": "zh", "parts": parts, "person": None}}


async def _content(weixin: Weixin, text: str, **fields: Any) -> str:
    return str(read(await weixin.deliver(message(Content=text, **fields))).content)


async def _noted(agent: StandInAgent) -> list[Any]:
    tracker = await agent.tracker_store.retrieve(CONVERSATION)
    return [event.value for event in tracker.events if getattr(event, "key", "") == "feedback"] if tracker else []


@pytest.mark.parametrize(
    ("word", "verdict", "thanks"),
    [
        ("8", "solved", "太好了"),
        ("解决了", "solved", "太好了"),
        ("9", "unsolved", "抱歉"),
        ("没解决。", "unsolved", "抱歉"),
    ],
)
async def test_a_verdict_is_noted_with_what_it_is_about(
    connect: Connect, agent: StandInAgent, word: str, verdict: str, thanks: str
) -> None:
    agent.say = _answer
    weixin = await connect()
    assert "解决了请回8" in await _content(weixin, "认证费？", MsgId=77)
    key = agent.messages[0].metadata["message"]  # type: ignore[index]
    assert thanks in await _content(weixin, word)
    assert await _noted(agent) == [{"verdict": verdict, "about": key, "channel": "wechat", "reason": None}]
    assert f"{USER}:77:" in key
    assert agent.questions == ["认证费？"]


async def test_a_verdict_counts_once(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _answer
    weixin = await connect()
    await _content(weixin, "认证费？")
    eight = message(Content="8")
    assert read(await weixin.deliver(eight)).content == read(await weixin.deliver(eight)).content
    await _content(weixin, "8")
    assert len(await _noted(agent)) == 1
    assert agent.questions == ["认证费？", "8"], "without a question about it, a digit is what the bot makes of it"


async def test_what_was_not_looked_up_is_not_asked_about(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _answer
    weixin = await connect()
    assert await _content(weixin, "你好") == "300元。"
    await _content(weixin, "8")
    assert agent.questions == ["你好", "8"]


async def test_a_tapped_line_says_itself_what_it_is_about(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _answer
    weixin = await connect()
    assert "太好了" in await _content(weixin, "解决了", bizmsgmenuid="solved:77:0123")
    assert [noted["about"] for noted in await _noted(agent)] == [f"{ACCOUNT}:{USER}:77:0123"]
