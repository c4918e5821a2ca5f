"""A person takes over where there is one; elsewhere the follower's words are left for the operator."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.deliveries import Times
from bot.channels.wechat.hours import CHINA, Hours
from bot.channels.wechat.left_messages import LeftMessages
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from bot.errors import SettingsError
from bot.state.sqlite_store import SqliteStore
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.playing import USER, playing
from tests.bot.channels.wechat.weixin import Weixin, event, message, read

PERSON = {"转人工": "asked", "gibberish": "offered"}


@pytest.fixture
def api() -> Iterator[ApiStandIn]:
    """The API for a verified service account with one agent online."""
    with playing(kind="service", verified=True) as api:
        api.platform.agents.append({"kf_account": "li@shop", "status": 1, "kf_id": "1", "accepted_case": 0})
        yield api


@pytest.fixture(autouse=True)
def consultant(agent: StandInAgent) -> None:
    async def say(sent: UserMessage) -> dict[str, Any]:
        text = sent.text or ""
        return {"text": f"您说：{text}", "custom": {"language": "zh", "person": PERSON.get(text), "parts": []}}

    agent.say = say


def credentials(api: ApiStandIn, **changes: str) -> dict[str, str]:
    known = api.account
    own = {"app_id": known.app_id, "app_secret": known.app_secret, "api_base_url": api.url}
    return {**own, "account_type": "service", "verified": "yes", **changes}


async def _say(weixin: Weixin, text: str) -> Any:
    return read(await weixin.deliver(message(Content=text)))


async def _left(tmp_path: Path) -> list[str]:
    return [each.text for each in await LeftMessages(SqliteStore(tmp_path / "state.db")).all()]


@pytest.mark.parametrize("text", PERSON)
async def test_a_message_is_handed_over_and_the_bot_is_silent(
    connect: Connect, api: ApiStandIn, agent: StandInAgent, text: str
) -> None:
    weixin = await connect(**credentials(api))
    assert (await _say(weixin, text)).type == "transfer_customer_service"
    assert (await _say(weixin, "在吗？")).type == "transfer_customer_service", "while the follower queues"
    assert agent.questions == [text]
    for _ in range(100):
        if api.received(USER):
            break
        await asyncio.sleep(0.02)
    assert [sent.text for sent in api.received(USER)] == ["正在为您转接人工客服。想回来找我，回复“返回”即可。"]


async def test_the_bot_is_back_where_nobody_takes_the_follower_on(
    connect: Connect, api: ApiStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.wechat.people.QUEUE", 0.2)
    weixin = await connect(**credentials(api))
    await _say(weixin, "转人工")
    assert (await _say(weixin, "在吗？")).type == "transfer_customer_service"
    await asyncio.sleep(0.3)
    assert (await _say(weixin, "你好")).content == "您说：你好"


async def test_the_bot_is_back_when_the_session_ends(connect: Connect, api: ApiStandIn, agent: StandInAgent) -> None:
    weixin = await connect(**credentials(api))
    await _say(weixin, "转人工")
    assert (await weixin.deliver(event("kf_create_session", KfAccount="li@shop"))).body == "success"
    assert (await _say(weixin, "在吗？")).type == "transfer_customer_service"
    assert (await weixin.deliver(event("kf_close_session", KfAccount="li@shop"))).body == "success"
    assert (await _say(weixin, "你好")).content == "您说：你好"


async def test_the_follower_can_come_back(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(**credentials(api))
    await _say(weixin, "转人工")
    assert (await _say(weixin, "返回")).content.startswith("我回来了")
    assert (await _say(weixin, "你好")).content == "您说：你好"


async def test_a_tap_cannot_be_handed_over_but_the_next_message_is(
    connect: Connect, api: ApiStandIn, agent: StandInAgent
) -> None:
    weixin = await connect(**credentials(api))
    assert "请把问题发给我" in read(await weixin.deliver(event("CLICK", EventKey="person"))).content
    assert (await _say(weixin, "认证费能退吗？")).type == "transfer_customer_service"
    assert not agent.questions


async def test_a_session_that_a_person_began_silences_the_bot(
    connect: Connect, api: ApiStandIn, agent: StandInAgent
) -> None:
    weixin = await connect(**credentials(api))
    await weixin.deliver(event("kf_create_session", KfAccount="li@shop"))
    await _say(weixin, "好的")
    assert not agent.questions


async def test_with_nobody_online_the_words_are_left(connect: Connect, api: ApiStandIn, tmp_path: Path) -> None:
    api.platform.agents.clear()
    weixin = await connect(**credentials(api))
    await _say(weixin, "你们的合同怎么签？")
    assert "都不在线" in (await _say(weixin, "转人工")).content
    assert await _left(tmp_path) == ["你们的合同怎么签？\n转人工"]
    assert (await _say(weixin, "你好")).content == "您说：你好"


async def test_where_wechat_does_not_say_who_is_online_the_words_are_left(
    connect: Connect, api: ApiStandIn, tmp_path: Path
) -> None:
    api.fail(Fault(1, "customservice/getonlinekflist", code=65400))
    assert "留给本号的运营人员" in (await _say(await connect(**credentials(api)), "转人工")).content
    assert await _left(tmp_path) == ["转人工"]


async def test_outside_the_hours_they_are_said(connect: Connect, api: ApiStandIn, tmp_path: Path) -> None:
    now = datetime.datetime.now(CHINA)
    other_day = (now.isoweekday() + 2) % 7 + 1
    weixin = await connect(hours=f"{other_day} 9:00-9:01", **credentials(api))
    assert f"周{'一二三四五六日'[other_day - 1]}09:00-09:01（北京时间）" in (await _say(weixin, "转人工")).content
    assert await _left(tmp_path) == ["转人工"]
    assert not api.calls


async def test_a_verified_subscription_account_can_have_people_too(connect: Connect, api: ApiStandIn) -> None:
    weixin = await connect(**credentials(api, account_type="subscription"))
    assert (await _say(weixin, "转人工")).type == "transfer_customer_service"


@pytest.mark.parametrize("account", [{}, {"account_type": "subscription", "verified": "no"}, {"app_secret": ""}])
async def test_an_account_without_the_right_leaves_the_words(
    connect: Connect, api: ApiStandIn, tmp_path: Path, account: dict[str, str]
) -> None:
    weixin = await connect(**credentials(api, **account)) if account else await connect()
    assert "留给本号的运营人员" in (await _say(weixin, "转人工")).content
    assert "您说：gibberish" in (await _say(weixin, "gibberish")).content
    assert len(await _left(tmp_path)) == 2


async def test_what_was_left_is_left_once_and_can_be_done(tmp_path: Path) -> None:
    left = LeftMessages(SqliteStore(tmp_path / "state.db"))
    for key in ("1", "1", "2"):
        await left.leave("gh", "o-1", "call me", key)
    first, second = await left.all()
    assert (first.text, first.follower, first.id != second.id) == ("call me", "o-1", True)
    assert await left.done(first.id)
    assert not await left.done(first.id)
    assert await left.all() == [second]


@pytest.mark.parametrize(
    ("text", "day", "hour", "open_"),
    [
        ("", 7, 3, True),
        ("9:00-18:00", 7, 9, True),
        ("9:00-18:00", 7, 18, False),
        ("1-5 9:00-18:00", 5, 12, True),
        ("1-5 9:00-18:00", 6, 12, False),
        ("6 9:00-18:00", 6, 12, True),
    ],
)
def test_hours_are_chinas(text: str, day: int, hour: int, open_: bool) -> None:
    # 2 March 2026 is a Monday.
    there = datetime.datetime(2026, 3, 1 + day, hour, tzinfo=CHINA)
    assert Hours.parse(text).is_open(there.timestamp()) is open_


@pytest.mark.parametrize("text", ["9-18", "18:00-9:00", "0-5 9:00-18:00", "5-1 9:00-18:00", "always", "9:00-25:00"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="WECHAT_AGENT_HOURS"):
        Hours.parse(text)


async def test_what_was_asked_is_left_and_not_what_was_tapped(connect: Connect, tmp_path: Path) -> None:
    weixin = await connect()
    await _say(weixin, "你们的合同怎么签？")
    await weixin.deliver(message(Content="解决了", bizmsgmenuid="solved:1:2"))
    await _say(weixin, "转人工")
    assert await _left(tmp_path) == ["你们的合同怎么签？\n转人工"]


async def test_a_message_after_a_tap_is_left_where_the_people_went_home(
    connect: Connect, api: ApiStandIn, tmp_path: Path
) -> None:
    weixin = await connect(**credentials(api))
    await weixin.deliver(event("CLICK", EventKey="person"))
    api.platform.agents.clear()
    assert "都不在线" in (await _say(weixin, "认证费能退吗？")).content
    assert await _left(tmp_path) == ["认证费能退吗？"]
    assert (await _say(weixin, "你好")).content == "您说：你好"


async def test_a_message_long_after_a_tap_is_the_bots_again(
    connect: Connect, api: ApiStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.wechat.people.SESSION", 0.2)
    weixin = await connect(**credentials(api))
    await weixin.deliver(event("CLICK", EventKey="person"))
    await asyncio.sleep(0.3)
    assert (await _say(weixin, "你好")).content == "您说：你好"


async def test_a_late_answer_does_not_speak_into_a_session(
    connect: Connect, api: ApiStandIn, agent: StandInAgent
) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.3)
        return {"text": "300元。"}

    agent.say = say
    weixin = await connect(Times(wait=0.1, lapse=0.12, after=0.05, tries=0.2), **credentials(api))
    await weixin.deliver(message(Content="认证多少钱？"))
    await weixin.deliver(event("kf_create_session", KfAccount="li@shop"))
    await asyncio.sleep(0.8)
    assert not api.received(USER)
    await weixin.deliver(event("kf_close_session", KfAccount="li@shop"))
    assert "300元。" in (await _say(weixin, "好")).content


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("1-5 9:00-18:00", "Monday to Friday, 09:00-18:00", "周一至周五09:00-18:00"),
        ("6 9:00-12:00", "on Saturday, 09:00-12:00", "周六09:00-12:00"),
        ("9:00-18:00", "every day, 09:00-18:00", "每天09:00-18:00"),
    ],
)
def test_hours_in_words(text: str, en: str, zh: str) -> None:
    assert (Hours.parse(text).told("en"), Hours.parse(text).told("zh")) == (en, zh)
