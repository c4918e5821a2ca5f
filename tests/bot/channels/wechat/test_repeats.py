"""WeChat delivers a message up to three times: it is worked on once, and each delivery gets the same answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.deliveries import Times
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import SAFE, event, message, read


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_three_deliveries_of_a_message_get_one_answer(
    connect: Connect, agent: StandInAgent, credentials: dict[str, str]
) -> None:
    weixin = await connect(**credentials)
    asked = message(Content="hi")
    contents = [read(await weixin.deliver(asked)).content for _ in range(3)]
    assert contents == ["You said: hi"] * 3
    assert len(agent.messages) == 1


async def test_deliveries_at_the_same_time_get_one_answer(connect: Connect, agent: StandInAgent) -> None:
    async def say(sent: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.05)
        return {"text": f"answer {len(agent.messages)}"}

    agent.say = say
    weixin = await connect()
    asked = message(Content="hi")
    answers = await asyncio.gather(*[weixin.deliver(asked) for _ in range(3)])
    assert [read(answer).content for answer in answers] == ["answer 1"] * 3


async def test_two_messages_with_the_same_words_get_two_answers(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect()
    await asyncio.gather(*[weixin.deliver(message(Content="hi")) for _ in range(2)])
    assert len(agent.messages) == 2


async def test_two_users_with_the_same_message_id_get_two_answers(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect()
    for sender in ("user one", "user two"):
        await weixin.deliver(message(Content="hi", MsgId=1, FromUserName=sender))
    assert len(agent.messages) == 2


async def test_an_answer_that_takes_long_is_given_to_the_next_delivery(connect: Connect, agent: StandInAgent) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.3)
        return {"text": "at last"}

    agent.say = say
    weixin = await connect(Times(wait=0.1, lapse=0.12, tries=5))
    asked = message(Content="hi")
    answers = [await weixin.deliver(asked) for _ in range(3)]
    assert [answer.body for answer in answers[:2]] == ["success", "success"]
    assert read(answers[2]).content == "at last"
    assert len(agent.messages) == 1


async def test_the_work_goes_on_when_wechat_hangs_up(connect: Connect, agent: StandInAgent) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.2)
        return {"text": "at last"}

    agent.say = say
    weixin = await connect()
    asked = message(Content="hi")
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(weixin.deliver(asked), 0.05)
    assert read(await weixin.deliver(asked)).content == "at last"
    assert len(agent.messages) == 1


async def test_the_last_delivery_gets_a_word_in_time(connect: Connect, agent: StandInAgent) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(1)
        return {"text": "too late"}

    agent.say = say
    weixin = await connect(Times(wait=0.05, lapse=0.06, tries=5))
    asked = message(Content="hi")
    answers = [await weixin.deliver(asked) for _ in range(3)]
    assert [answer.body for answer in answers[:2]] == ["success", "success"]
    assert "Send me any word" in read(answers[2]).content
    assert len(agent.messages) == 1


async def test_a_repeated_event_gets_the_same_answer(connect: Connect) -> None:
    weixin = await connect()
    greetings = [read(await weixin.deliver(event("subscribe", EventKey=""))).content for _ in range(2)]
    assert greetings[0] == greetings[1]


async def test_a_late_delivery_is_the_last_one_though_another_found_no_server(
    connect: Connect, agent: StandInAgent
) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(1)
        return {"text": "too late"}

    agent.say = say
    weixin = await connect(Times(wait=0.05, lapse=0.06, last=0.2, tries=5))
    asked = message(Content="hi")
    assert (await weixin.deliver(asked)).body == "success"
    await asyncio.sleep(0.2)
    assert "Send me any word" in read(await weixin.deliver(asked)).content


async def test_what_is_slow_for_some_keeps_no_other_waiting(connect: Connect, agent: StandInAgent) -> None:
    async def say(sent: UserMessage) -> dict[str, Any]:
        if sent.text == "slow":
            await asyncio.sleep(2)
        return {"text": "an answer"}

    agent.say = say
    weixin = await connect()
    slow = [asyncio.ensure_future(weixin.deliver(message(Content="slow"))) for _ in range(20)]
    await asyncio.sleep(0.1)
    assert read(await weixin.deliver(message(Content="hi", FromUserName="another"))).content == "an answer"
    await asyncio.gather(*slow)
