"""Answers that are longer than a message: their pages come one by one, at the follower's word."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import UserMessage

from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import Weixin, message, read

SENTENCES = [f"第{number}条规则说的是服务号每月可以群发四次。" for number in range(100)]
TITLES = ["订阅号呢？"]


async def _say_much(sent: UserMessage) -> dict[str, Any]:
    if sent.text != "全部规则":
        return {"text": f"您说：{sent.text}"}
    buttons = [{"title": title, "payload": title} for title in TITLES]
    return {"text": "".join(SENTENCES), "buttons": buttons, "custom": {"language": "zh", "parts": [{"lead": "x"}]}}


async def _content(weixin: Weixin, text: str) -> str:
    content = str(read(await weixin.deliver(message(Content=text))).content)
    assert len(content.encode()) <= 2048
    return content


async def test_the_follower_reads_on_to_the_end(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _say_much
    weixin = await connect()
    pages = [await _content(weixin, "全部规则")]
    while pages[-1].endswith("（未完，回复“继续”看下文）"):
        pages.append(await _content(weixin, "继续"))
    assert len(pages) == 3
    text = "".join(page.replace("（未完，回复“继续”看下文）", "").strip() for page in pages)
    assert text == "".join(SENTENCES) + "\n\n回复数字即可：\n1. 订阅号呢？\n\n解决了请回8，没解决请回9。"
    assert agent.questions == ["全部规则"], "the channel itself reads on"
    assert await _content(weixin, "继续") == "已经全部看完了。"
    assert await _content(weixin, "继续") == "您说：继续"


async def test_a_page_that_is_delivered_again_is_the_same(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _say_much
    weixin = await connect()
    await _content(weixin, "全部规则")
    more = message(Content="more")
    contents = [read(await weixin.deliver(more)).content for _ in range(3)]
    assert contents[0] == contents[1] == contents[2]
    assert await _content(weixin, "more") != contents[0]


async def test_a_question_in_between_is_answered_and_loses_nothing(connect: Connect, agent: StandInAgent) -> None:
    agent.say = _say_much
    weixin = await connect()
    await _content(weixin, "全部规则")
    assert await _content(weixin, "你好") == "您说：你好"
    assert (await _content(weixin, "继续")).startswith("第34条规则")
