"""What a verified account sends by itself: late answers, long ones, menus to tap. Against the played API of WeChat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.deliveries import Times
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.playing import USER, playing
from tests.bot.channels.wechat.weixin import Weixin, event, message, read

QUICK = Times(wait=0.1, lapse=0.12, after=0.05, tries=0.4)
SEND = "message/custom/send"


@pytest.fixture
def api() -> Iterator[ApiStandIn]:
    """The API for a verified service account."""
    with playing(kind="service", verified=True) as api:
        yield api


def credentials(api: ApiStandIn, **changes: str) -> dict[str, str]:
    known = api.account
    own = {"app_id": known.app_id, "app_secret": known.app_secret, "api_base_url": api.url}
    return {**own, "account_type": "service", "verified": "yes", **changes}


async def _say(sent: UserMessage) -> dict[str, Any]:
    text = sent.text or ""
    if "slow" in text:
        await asyncio.sleep(0.6)
    if "long" in text:
        return {"text": "".join(f"第{number}条规则说的是服务号每月可以群发四次。" for number in range(100))}
    if "fee" in text:
        buttons = [{"title": title, "payload": title} for title in ("How long?", "Which papers?")]
        return {"text": "300 yuan.", "buttons": buttons, "custom": {"language": "en", "parts": [{"lead": "300"}]}}
    return {"text": f"Answer to {text}"}


@pytest.fixture(autouse=True)
def consultant(agent: StandInAgent) -> None:
    agent.say = _say


async def arrived(api: ApiStandIn, count: int) -> list[Any]:
    """Returns what the follower was sent, as soon as it is so much."""
    for _ in range(300):
        if len(api.received(USER)) >= count:
            break
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)
    received = api.received(USER)
    assert len(received) == count, received
    return received


async def _ask(weixin: Weixin, text: str, **fields: Any) -> str:
    answer = await weixin.deliver(message(Content=text, **fields))
    return "" if answer.body == "success" else str(read(answer).content)


async def test_a_late_answer_is_sent_and_not_repeated(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    asked = message(Content="slow one")
    answers = [await weixin.deliver(asked) for _ in range(3)]
    assert "I will send you the answer" in read(answers[2]).content
    (sent,) = await arrived(api, 1)
    assert sent.text == "Answer to slow one"
    assert (await weixin.deliver(asked)).body == "success"
    assert await _ask(weixin, "two") == "Answer to two"


async def test_the_rest_of_a_long_answer_follows_in_order(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    first = await _ask(weixin, "a long one")
    rest = await arrived(api, 2)
    whole = first + "".join(sent.text for sent in rest)
    assert whole == "".join(f"第{number}条规则说的是服务号每月可以群发四次。" for number in range(100))


async def test_suggestions_and_the_verdict_can_be_tapped(
    connect: Connect, api: ApiStandIn, agent: StandInAgent
) -> None:
    weixin = await connect(QUICK, **credentials(api))
    assert await _ask(weixin, "the fee?") == "300 yuan."
    (menu,) = await arrived(api, 1)
    assert [content for _, content in menu.items] == ["How long?", "Which papers?", "Yes, solved", "No, not solved"]
    assert menu.text == "Tap to go on:"
    solved, _ = menu.items[2]
    assert "Glad" in await _ask(weixin, "Yes, solved", bizmsgmenuid=solved)
    assert agent.questions == ["the fee?"]
    tracker = await agent.tracker_store.retrieve(agent.messages[0].sender_id)
    assert tracker is not None
    (noted,) = [each.value for each in tracker.events if getattr(each, "key", "") == "feedback"]
    assert (noted["verdict"], noted["about"]) == ("solved", agent.messages[0].metadata["message"])  # type: ignore[index]


async def test_an_account_without_menus_gets_numbers(connect: Connect, api: ApiStandIn) -> None:
    api.fail(Fault(1, SEND, code=40200))
    weixin = await connect(QUICK, **credentials(api))
    assert await _ask(weixin, "the fee?") == "300 yuan."
    (sent,) = await arrived(api, 1)
    assert sent.text.startswith("Reply with a number:\n1. How long?")
    assert "1. How long?" in await _ask(weixin, "the fee again?"), "and from now on at once"


async def test_a_quota_that_is_used_up_is_known_before(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    for number in range(7):
        api.did(USER, "message")
        await _ask(weixin, f"the fee {number}?")
        await arrived(api, number + 1)
    assert api.count(SEND) == 7, "each message of the follower's begins a new count"


@pytest.mark.parametrize("code", [45015, 45047, 48001, 45009, 40003])
async def test_what_wechat_refuses_waits_for_the_next_message(
    connect: Connect, api: ApiStandIn, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    weixin = await connect(QUICK, **credentials(api))
    api.fail(Fault(1, SEND, code=code))
    await _ask(weixin, "slow one")
    await _wait(lambda: api.count(SEND) == 1)
    await asyncio.sleep(0.1)
    assert f"WeChat answered {code}" in caplog.text
    assert "slow one" not in caplog.text
    assert (await _ask(weixin, "two")).startswith("Your answer from before:\n\nAnswer to slow one")
    assert not api.received(USER)


async def test_the_rest_waits_where_the_middle_of_an_answer_is_refused(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    await _ask(weixin, "get a token")
    first = await _ask(weixin, "a long one")
    await arrived(api, 2)
    api.fail(Fault(1, SEND, code=45047))
    again = await _ask(weixin, "a long one again")
    assert again == first
    await _wait(lambda: api.count(SEND) == 3)
    await asyncio.sleep(0.1)
    kept = await _ask(weixin, "ready?")
    assert kept.startswith("您刚才那个问题的回答：") or kept.startswith("Your answer from before:")
    assert "第34条规则" in kept


async def test_what_may_have_arrived_is_not_sent_again_but_kept(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    api.fail(Fault(1, SEND, drop=True))
    await _ask(weixin, "slow one")
    await arrived(api, 1)
    await asyncio.sleep(0.3)
    assert api.count(SEND) == 1
    assert "Answer to slow one" in await _ask(weixin, "two")


async def test_a_token_that_died_is_renewed_once(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    await _ask(weixin, "slow one")
    await arrived(api, 1)
    api.platform.stable_tokens.spoil()
    await _ask(weixin, "slow two")
    received = await arrived(api, 2)
    assert received[1].text == "Answer to slow two"


@pytest.mark.parametrize(
    "changes", [{"verified": "no"}, {"account_type": "subscription", "verified": "no"}, {"app_secret": ""}]
)
async def test_an_account_that_may_not_send_never_tries(
    connect: Connect, api: ApiStandIn, changes: dict[str, str]
) -> None:
    weixin = await connect(QUICK, **credentials(api, **changes))
    await _ask(weixin, "slow one")
    await asyncio.sleep(1.0)
    assert "1. How long?" in await _ask(weixin, "the fee?")
    assert not api.calls


async def test_a_new_follower_is_greeted_in_the_language_of_their_wechat(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    api.follow(USER, language="en")
    api.did(USER, "subscribe")
    greeting = str(read(await weixin.deliver(event("subscribe", EventKey=""))).content)
    assert greeting.startswith("Hello, I am Wenhao") and "问号" not in greeting


async def _wait(holds: Callable[[], bool]) -> None:
    for _ in range(300):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to that")


async def test_a_follower_who_left_is_sent_nothing(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(QUICK, **credentials(api))
    await weixin.deliver(message(Content="slow one"))
    await weixin.deliver(event("unsubscribe", EventKey=""))
    await asyncio.sleep(1.0)
    assert not api.count(SEND)
