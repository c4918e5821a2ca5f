"""Calls of WeChat, against a stand-in that enforces what WeChat enforces."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.wechat.api import errors
from bot.channels.wechat.api.client import Agent
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.api.conftest import Connect
from tests.bot.channels.wechat.playing import USER

TEXT = '认证费每年 300 元 \U0001f600\n"A" <b> \\u4f60 ]]>'
SEND = "message/custom/send"
MENU = {
    "button": [
        {"type": "click", "name": "费用", "key": "fees"},
        {"name": "更多", "sub_button": [{"type": "view", "name": "网站", "url": "https://example.com/"}]},
    ]
}


async def test_a_text_arrives_as_it_is(weixin: ApiStandIn, connect: Connect) -> None:
    await connect().send_text(USER, TEXT)
    assert [(message.kind, message.text) for message in weixin.received(USER)] == [("text", TEXT)]
    # Followers were shown escapes where the JSON had them.
    assert "认证费" in weixin.calls[-1].content.decode("utf-8")


async def test_lines_to_tap_arrive(weixin: ApiStandIn, connect: Connect) -> None:
    await connect().send_menu(USER, "解决了吗？", [("1", "解决了"), ("2", "没解决")], "谢谢")
    (message,) = weixin.received(USER)
    assert (message.kind, message.text, message.tail) == ("msgmenu", "解决了吗？", "谢谢")
    assert message.items == (("1", "解决了"), ("2", "没解决"))


async def test_who_is_online(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect()
    assert await api.online_agents() == []
    weixin.platform.agents = [
        {"kf_account": "amy@shop", "status": 1, "kf_id": "1001", "accepted_case": 2},
        {"kf_account": "ben@shop", "status": 0, "kf_id": "1002", "accepted_case": 0},
        {"kf_account": "cyn@shop", "status": 1, "kf_id": 1003},
    ]
    assert await api.online_agents() == [Agent("amy@shop", 2), Agent("cyn@shop", 0)]
    weixin.platform.has_customer_service = False
    with pytest.raises(errors.NoRightError, match="65400"):
        await api.online_agents()


@pytest.mark.parametrize(
    ("told", "language"), [("zh_CN", "zh"), ("zh_TW", "zh"), ("zh_HK", "zh"), ("en", "en"), ("fr", None), ("", None)]
)
async def test_the_language_of_a_follower(told: str, language: Any, weixin: ApiStandIn, connect: Connect) -> None:
    weixin.follow("someone", told)
    assert await connect().user_language("someone") == language


async def test_the_language_of_who_left_is_not_told(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.unfollow(USER)
    assert await connect().user_language(USER) is None


async def test_the_menu_goes_up_and_down(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect()
    assert (await api.get_menu(), await api.menu_in_use()) == (None, None)
    await api.put_menu(MENU)
    assert await api.get_menu() == MENU == weixin.platform.menu
    shown = await api.menu_in_use()
    assert shown is not None
    assert [button["name"] for button in shown["button"]] == ["费用", "更多"]
    assert shown["button"][1]["sub_button"]["list"][0]["url"] == "https://example.com/"
    await api.delete_menu()
    assert (await api.get_menu(), await api.menu_in_use()) == (None, None)


async def test_a_menu_that_wechat_does_not_take(connect: Connect) -> None:
    with pytest.raises(errors.RefusedError, match="40016"):
        await connect().put_menu({"button": MENU["button"] * 2})


async def test_where_wechat_calls_from(connect: Connect) -> None:
    assert await connect().callback_addresses() == ["203.0.113.7", "203.0.113.64/26"]


async def test_busy_is_tried_again_twice(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.fail(Fault(2, SEND, code=-1))
    await connect().send_text(USER, "hi")
    assert weixin.count(SEND) == 3
    assert len(weixin.received(USER)) == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_refused_token_is_renewed_once(code: int, weixin: ApiStandIn, connect: Connect) -> None:
    weixin.fail(Fault(1, SEND, code=code))
    await connect().send_text(USER, "hi")
    assert len(weixin.received(USER)) == 1
    first, second = (call.query["access_token"] for call in weixin.calls if call.path == SEND)
    assert first != second


async def test_a_token_that_stays_refused_is_no_loop(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.fail(Fault(1000, SEND, code=40001))
    api = connect()
    for _ in range(5):
        with pytest.raises(errors.TokenRefusedError):
            await api.send_text(USER, "hi")
    assert weixin.count(SEND) == 10
    # The first one; then, for each message, one without force, and one by force in all.
    assert weixin.count("stable_token") == 7
    forced = [json.loads(call.content)["force_refresh"] for call in weixin.calls if call.path == "stable_token"]
    assert sum(forced) == 1


async def test_a_token_that_ended_early_is_renewed(weixin: ApiStandIn, connect: Connect) -> None:
    stopped = weixin.now()
    api = connect(clock=lambda: stopped)
    await api.send_text(USER, "1")
    weixin.go_ahead(7200)
    await api.send_text(USER, "2")
    assert [message.text for message in weixin.received(USER)] == ["1", "2"]


async def test_a_token_that_was_made_void_is_renewed_by_force(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect()
    await api.send_text(USER, "1")
    weixin.platform.stable_tokens.spoil()
    await api.send_text(USER, "2")
    assert len(weixin.received(USER)) == 2
