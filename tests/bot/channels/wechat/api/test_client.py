"""Calls of WeChat, against a stand-in that enforces what WeChat enforces."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.wechat.api import errors
from bot.channels.wechat.api.client import Agent
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.api.conftest import Connect
from tests.bot.channels.wechat.api.test_errors import CASES
from tests.bot.channels.wechat.playing import USER, account_at, playing

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


# -- What WeChat refuses by itself.


async def test_the_count_is_used_up(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect()
    for n in range(5):
        await api.send_text(USER, str(n))
    with pytest.raises(errors.CountUsedUpError, match="45047"):
        await api.send_text(USER, "5")
    assert [message.text for message in weixin.received(USER)] == list("01234")


async def test_the_window_is_over(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.go_ahead(48 * 60 * 60)
    with pytest.raises(errors.WindowClosedError, match="45015"):
        await connect().send_text(USER, "late")


async def test_who_left_is_not_written_to(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.unfollow(USER)
    with pytest.raises(errors.WindowClosedError, match="45015"):
        await connect().send_text(USER, "come back")


async def test_a_stranger_is_not_written_to(connect: Connect) -> None:
    with pytest.raises(errors.NotFollowerError, match="40003"):
        await connect().send_text("o-stranger", "hi")


async def test_who_refuses_is_not_written_to(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.platform.followers[USER].refuses = True
    with pytest.raises(errors.UserRefusesError, match="48002"):
        await connect().send_text(USER, "hi")


async def test_length_counts_in_bytes(weixin: ApiStandIn, connect: Connect) -> None:
    api = connect()
    await api.send_text(USER, "问" * 682 + "ab")
    with pytest.raises(errors.TooLongError, match="45002"):
        await api.send_text(USER, "问" * 683)
    assert len(weixin.received(USER)) == 1


async def test_a_days_calls_are_used_up(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.platform.limits["getcallbackip"] = 1
    api = connect()
    await api.callback_addresses()
    with pytest.raises(errors.LimitReachedError, match="45009"):
        await api.callback_addresses()
    weixin.go_ahead(24 * 60 * 60)
    await api.callback_addresses()


async def test_an_address_that_is_not_allowed_is_named(weixin: ApiStandIn, connect: Connect) -> None:
    weixin.platform.whitelist = {"198.51.100.9"}
    with pytest.raises(errors.AddressRefusedError, match=r"add 127\.0\.0\.1 to the IP whitelist") as raised:
        await connect().callback_addresses()
    assert (raised.value.code, raised.value.address) == (40164, "127.0.0.1")


async def test_a_wrong_secret_or_app_id(connect: Connect, open_store: Any) -> None:
    with pytest.raises(errors.WrongCredentialsError, match="WECHAT_APP_SECRET"):
        await connect(app_secret="f" * 32).callback_addresses()
    with pytest.raises(errors.WrongCredentialsError, match="WECHAT_APP_ID"):
        await connect(app_id="wxother").callback_addresses()


@pytest.mark.parametrize(
    ("kind", "verified", "may_send", "may_menu"),
    [
        ("subscription", False, False, False),
        ("subscription", True, True, True),
        ("service", False, False, True),
        ("service", True, True, True),
    ],
)
async def test_rights(kind: str, verified: bool, may_send: bool, may_menu: bool, open_store: Any) -> None:
    from bot.channels.wechat.api.client import WeChatApi

    with playing(kind=kind, verified=verified) as weixin:
        api = WeChatApi(account_at(weixin), open_store())
        try:
            for call, may in ((api.send_text(USER, "hi"), may_send), (api.put_menu(MENU), may_menu)):
                if may:
                    await call
                else:
                    with pytest.raises(errors.NoRightError, match="48001"):
                        await call
            # What every account may do.
            await api.callback_addresses()
            await api.menu_in_use()
            # No right is no matter of the token.
            assert weixin.count("stable_token") == 1
        finally:
            await api.close()


async def test_no_message_menus_for_a_subscription_account(open_store: Any) -> None:
    from bot.channels.wechat.api.client import WeChatApi

    with playing(kind="subscription") as weixin:
        api = WeChatApi(account_at(weixin), open_store())
        with pytest.raises(errors.NoRightError, match="40200"):
            await api.send_menu(USER, "?", [("1", "yes")], "")
        await api.close()


# -- Every code, whatever it takes to get it from WeChat.


@pytest.mark.parametrize(("code", "kind"), CASES)
async def test_codes_on_a_call(code: int, kind: Any, weixin: ApiStandIn, connect: Connect) -> None:
    weixin.fail(Fault(9, SEND, code=code))
    with pytest.raises(errors.RefusedError) as raised:
        await connect().send_text(USER, "hi")
    assert type(raised.value) is kind
    times = {errors.TokenRefusedError: 2, errors.BusyError: 3}.get(kind, 1)
    assert weixin.count(SEND) == times
    assert weixin.received(USER) == []


# -- Again, or not again.


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
