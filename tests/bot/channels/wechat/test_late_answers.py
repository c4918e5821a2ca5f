"""Answers that come too late for WeChat: they wait for the follower's next message, and none is lost or given twice."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.deliveries import Times
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import Weixin, event, message, read

QUICK = Times(wait=0.1, lapse=0.12, after=0.05, tries=0.4)


@pytest.fixture
def slow(agent: StandInAgent) -> StandInAgent:
    """The bot takes half a second for what asks for it."""

    async def say(sent: UserMessage) -> dict[str, Any]:
        if "slow" in (sent.text or ""):
            await asyncio.sleep(0.6)
        return {"text": f"Answer to {sent.text}"}

    agent.say = say
    return agent


async def _content(weixin: Weixin, text: str) -> str:
    return str(read(await weixin.deliver(message(Content=text))).content)


async def test_an_answer_that_no_try_could_take_comes_with_the_next_message(
    connect: Connect, slow: StandInAgent
) -> None:
    weixin = await connect(QUICK)
    asked = message(Content="slow one")
    answers = [await weixin.deliver(asked) for _ in range(3)]
    assert [answer.body for answer in answers[:2]] == ["success", "success"]
    assert "Send me any word" in read(answers[2]).content
    await asyncio.sleep(0.8)
    assert await _content(weixin, "two") == "Your answer from before:\n\nAnswer to slow one\n\nAnswer to two"
    assert await _content(weixin, "three") == "Answer to three"
    assert slow.questions == ["slow one", "two", "three"]


async def test_a_word_that_only_asks_for_it_brings_it_alone(connect: Connect, slow: StandInAgent) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="slow one"))
    await asyncio.sleep(1.0)
    assert await _content(weixin, "ready?") == "Your answer from before:\n\nAnswer to slow one"
    assert slow.questions == ["slow one"]
    assert await _content(weixin, "ready?") == "Answer to ready?"


async def test_a_try_that_comes_very_late_still_gets_the_answer(connect: Connect, slow: StandInAgent) -> None:
    weixin = await connect(QUICK)
    asked = message(Content="slow one")
    await weixin.deliver(asked)
    await asyncio.sleep(1.0)
    assert read(await weixin.deliver(asked)).content == "Answer to slow one"
    assert await _content(weixin, "two") == "Answer to two"


async def test_an_answer_is_kept_across_a_restart(connect: Connect, slow: StandInAgent) -> None:
    await (await connect(QUICK)).deliver(message(Content="slow one"))
    await asyncio.sleep(1.0)
    assert (await _content(await connect(QUICK), "two")).startswith("Your answer from before:")


async def test_another_try_gets_the_same_answer_from_another_process(connect: Connect, agent: StandInAgent) -> None:
    asked = message(Content="hi")
    first = await (await connect()).deliver(asked)
    again = await (await connect()).deliver(asked)
    assert read(first).content == read(again).content == "You said: hi"
    assert agent.questions == ["hi"]


async def test_one_followers_late_answer_is_not_anothers(connect: Connect, slow: StandInAgent) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="slow one"))
    await asyncio.sleep(1.0)
    other = await weixin.deliver(message(Content="two", FromUserName="another"))
    assert read(other).content == "Answer to two"
    elsewhere = await weixin.deliver(message(Content="two", ToUserName="gh_another"))
    assert read(elsewhere).content == "Answer to two"


async def test_a_follower_who_left_is_forgotten(connect: Connect, slow: StandInAgent) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="slow one"))
    await asyncio.sleep(1.0)
    await weixin.deliver(event("unsubscribe", EventKey=""))
    assert await _content(weixin, "two") == "Answer to two"


async def test_an_answer_for_which_wechat_does_not_wait_is_not_lost(connect: Connect, agent: StandInAgent) -> None:
    async def say(sent: UserMessage) -> dict[str, Any]:
        if sent.text == "slow one":
            await asyncio.sleep(0.2)
        return {"text": f"Answer to {sent.text}"}

    agent.say = say
    weixin = await connect(Times(wait=0.4, lapse=0.5, after=0.05, tries=0.6))
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(weixin.deliver(message(Content="slow one")), 0.1)
    await asyncio.sleep(1.0)
    assert (await _content(weixin, "two")).startswith("Your answer from before:\n\nAnswer to slow one")


CHOICES = "\n\n回复数字即可：\n1. 要多久？\n\n解决了请回8，没解决请回9。"


@pytest.fixture
def chinese(agent: StandInAgent) -> StandInAgent:
    """The bot offers a choice below each answer, and takes half a second for what asks for it."""

    async def say(sent: UserMessage) -> dict[str, Any]:
        text = sent.text or ""
        if "慢" in text:
            await asyncio.sleep(0.6)
        answer = "".join(f"第{number}条规则。" for number in range(200)) if "长" in text else f"您问：{text}。"
        buttons = [{"title": "要多久？", "payload": "要多久？"}]
        return {"text": answer, "buttons": buttons, "custom": {"language": "zh", "parts": [{"lead": "?"}]}}

    agent.say = say
    return agent


@pytest.mark.parametrize("word", ["嗯", "1", "8", "？", "好的", "ok", "好了吗？", "继续"])
async def test_any_word_brings_a_kept_answer_alone_with_its_choices(
    connect: Connect, chinese: StandInAgent, word: str
) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="慢的问题"))
    await asyncio.sleep(1.0)
    assert await _content(weixin, word) == f"您刚才那个问题的回答：\n\n您问：慢的问题。{CHOICES}"
    assert chinese.questions == ["慢的问题"]
    await _content(weixin, "1")
    assert chinese.questions == ["慢的问题", "1"]


async def test_numbers_stand_below_one_answer_alone(connect: Connect, chinese: StandInAgent) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="慢的问题"))
    await asyncio.sleep(1.0)
    whole = f"您刚才那个问题的回答：\n\n您问：慢的问题。\n\n您问：别的问题。{CHOICES}"
    assert await _content(weixin, "别的问题") == whole


async def test_a_long_answer_that_was_late_is_read_to_its_end(connect: Connect, chinese: StandInAgent) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="慢的长问题"))
    await asyncio.sleep(1.0)
    pages = [await _content(weixin, "另一个长问题")]
    while pages[-1].endswith("（未完，回复“继续”看下文）"):
        pages.append(await _content(weixin, "继续"))
    text = "".join(page.replace("（未完，回复“继续”看下文）", "") for page in pages)
    assert [text.count(f"第{number}条规则。") for number in range(200)] == [2] * 200
    assert text.endswith(CHOICES)


async def test_a_try_that_comes_very_late_can_read_on(connect: Connect, chinese: StandInAgent) -> None:
    weixin = await connect(QUICK)
    asked = message(Content="慢的长问题")
    await weixin.deliver(asked)
    await asyncio.sleep(1.0)
    page = str(read(await weixin.deliver(asked)).content)
    assert page == str(read(await weixin.deliver(asked)).content)
    assert page.endswith("（未完，回复“继续”看下文）")
    rest = await _content(weixin, "继续")
    assert "第199条规则。" in rest and rest.endswith(CHOICES)


async def test_two_late_answers_are_told_as_such_once(connect: Connect, chinese: StandInAgent) -> None:
    weixin = await connect(QUICK)
    await weixin.deliver(message(Content="慢的问题"))
    await asyncio.sleep(1.0)
    await weixin.deliver(message(Content="更慢的问题"))
    await asyncio.sleep(1.0)
    whole = f"您刚才那个问题的回答：\n\n您问：慢的问题。\n\n您问：更慢的问题。{CHOICES}"
    assert await _content(weixin, "好") == whole


async def test_an_answer_is_not_given_to_who_has_hung_up(connect: Connect, agent: StandInAgent) -> None:
    answering = asyncio.Event()

    async def say(sent: UserMessage) -> dict[str, Any]:
        await answering.wait()
        # WeChat hangs up while the server computes, so that nothing has told the server yet.
        time.sleep(0.3)  # noqa: ASYNC251
        return {"text": f"Answer to {sent.text}"}

    agent.say = say
    weixin = await connect(Times(wait=3, lapse=3.1, after=0.05, tries=6))
    asked = message(Content="one")
    first = asyncio.ensure_future(weixin.deliver(asked))
    await asyncio.sleep(0.3)
    answering.set()
    first.cancel()
    await asyncio.sleep(1.0)
    assert read(await weixin.deliver(asked)).content == "Answer to one"
    assert agent.questions == ["one"]
