"""What WeChat refuses: by its own rules, and with every code that is told apart."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.wechat.api import errors
from bot.channels.wechat.api.client import WeChatApi
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.api.conftest import Connect
from tests.bot.channels.wechat.api.test_client import MENU, SEND
from tests.bot.channels.wechat.api.test_errors import CASES
from tests.bot.channels.wechat.playing import USER, account_at, playing


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
    with playing(kind="subscription") as weixin:
        api = WeChatApi(account_at(weixin), open_store())
        with pytest.raises(errors.NoRightError, match="40200"):
            await api.send_menu(USER, "?", [("1", "yes")], "")
        await api.close()


@pytest.mark.parametrize(("code", "kind"), CASES)
async def test_codes_on_a_call(code: int, kind: Any, weixin: ApiStandIn, connect: Connect) -> None:
    weixin.fail(Fault(9, SEND, code=code))
    with pytest.raises(errors.RefusedError) as raised:
        await connect().send_text(USER, "hi")
    assert type(raised.value) is kind
    times = {errors.TokenRefusedError: 2, errors.BusyError: 3}.get(kind, 1)
    assert weixin.count(SEND) == times
    assert weixin.received(USER) == []
