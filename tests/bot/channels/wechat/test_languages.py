"""The channel's own sentences are in the follower's language and script."""

from __future__ import annotations

import asyncio
from typing import Any, Optional

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.deliveries import Times
from bot.channels.wechat.words import command_of, guess_language
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import Weixin, event, message, read

QUICK = Times(wait=0.1, lapse=0.12, after=0.05, tries=0.4)


@pytest.mark.parametrize(
    ("text", "known", "language"),
    [
        ("fee是多少", "", "zh"),
        ("how much?", "", "en"),
        ("how much?", "zh", "en"),
        ("多少钱？", "en", "zh"),
        ("認證要多少錢？", "zh", "zh-Hant"),
        ("好", "zh-Hant", "zh-Hant"),
        ("认证", "zh-Hant", "zh"),
        ("2", "en", "en"),
        ("2", "zh-Hant", "zh-Hant"),
        ("😀", "", "zh"),
        ("", "", "zh"),
    ],
)
def test_a_language_is_that_of_the_words_or_else_the_known_one(text: str, known: str, language: str) -> None:
    assert guess_language(text, known) == language


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("繼續", "continue"),
        ("继续。", "continue"),
        ("好了嗎？", "fetch"),
        ("好了吗？", "fetch"),
        ("Ready?", "fetch"),
        ("“更多”", "continue"),
        ("已解決", "solved"),
        ("８", "solved"),
        ("沒有解決", "unsolved"),
        ("返回問號", "return"),
        ("好", None),
        ("？", None),
    ],
)
def test_commands_are_known_in_either_script_and_with_any_punctuation(text: str, command: Optional[str]) -> None:
    assert command_of(text) == command


async def _say(sent: UserMessage) -> dict[str, Any]:
    if "失败" in (sent.text or "") or sent.text == "7":
        raise RuntimeError("the action server is down")
    buttons = [{"title": "認證要多少錢？", "payload": "?"}]
    return {"text": "認證費是每次300元。", "buttons": buttons, "custom": {"language": "zh", "parts": [{"lead": "?"}]}}


async def _content(weixin: Weixin, text: str) -> str:
    return str(read(await weixin.deliver(message(Content=text))).content)


async def test_a_reader_of_traditional_characters_gets_them_throughout(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _say
    weixin = await connect()
    answer = await _content(weixin, "認證費是多少？")
    assert answer == "認證費是每次300元。\n\n回覆數字即可：\n1. 認證要多少錢？\n\n解決了請回8，沒解決請回9。"
    assert (await _content(weixin, "8")).startswith("太好了，有問題隨時問我")
    image = str(read(await weixin.deliver(message("image", MediaId="?"))).content)
    assert image == "我看不了圖片，請用文字提問。"


async def test_a_number_is_no_english(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _say
    weixin = await connect()
    assert "抱歉" in await _content(weixin, "7")


async def test_a_late_answer_is_announced_in_the_followers_language(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _say
    weixin = await connect(QUICK)
    await _content(weixin, "認證費是多少？")

    async def slow(sent: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(1)
        return {"text": "?"}

    agent.say = slow
    asked = message(Content="1")
    answers = [await weixin.deliver(asked) for _ in range(3)]
    assert str(read(answers[2]).content).startswith("這個問題要多查一會兒")


async def test_an_event_that_fails_is_apologised_for_in_chinese(connect: Connect, agent: StandInAgent) -> None:
    async def fail(sent: UserMessage) -> dict[str, Any]:
        raise RuntimeError("the action server is down")

    agent.say = fail
    answer = read(await (await connect()).deliver(event("CLICK", EventKey="ask:verification_fee")))
    assert "抱歉" in answer.content
