"""The played API, called by wechatpy's client: a program that nobody here wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from wechatpy import WeChatClient
from wechatpy.exceptions import APILimitedException, WeChatClientException

from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.playing import USER, playing

MENU = {
    "button": [
        {"type": "click", "name": "费用", "key": "fees"},
        {"name": "更多", "sub_button": [{"type": "view", "name": "网站", "url": "https://example.com/"}]},
    ]
}


class Client(WeChatClient):
    """wechatpy's client, sent to another address: its own for tokens is fixed."""

    def fetch_access_token(self) -> Any:
        query = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        return self._fetch_access_token(f"{self.API_BASE_URL}token", query)


@pytest.fixture
def weixin() -> Iterator[ApiStandIn]:
    with playing() as api:
        yield api


@pytest.fixture
def client(weixin: ApiStandIn) -> Iterator[Any]:
    client = Client(weixin.account.app_id, weixin.account.app_secret, timeout=5)
    client.API_BASE_URL = f"{weixin.url}/cgi-bin/"
    yield client
    client._http.close()


def test_messages(weixin: ApiStandIn, client: Any) -> None:
    client.message.send_text(USER, "认证费 \U0001f600")
    menu = {"head_content": "?", "list": [{"id": "1", "content": "解决了"}], "tail_content": "!"}
    client.message.send_msg_menu(USER, menu)
    text, lines = weixin.received(USER)
    assert (text.text, lines.items) == ("认证费 \U0001f600", (("1", "解决了"),))


def test_menu(weixin: ApiStandIn, client: Any) -> None:
    client.menu.create(MENU)
    assert client.menu.get()["menu"]["button"] == MENU["button"]
    assert client.menu.get_menu_info()["is_menu_open"] == 1
    client.menu.delete()
    assert client.menu.get_menu_info()["is_menu_open"] == 0


def test_what_else_is_asked(weixin: ApiStandIn, client: Any) -> None:
    weixin.platform.agents = [{"kf_account": "amy@shop", "status": 1, "kf_id": "1", "accepted_case": 0}]
    assert client.user.get(USER)["language"] == "zh_CN"
    assert [agent["kf_account"] for agent in client.customservice.get_online_accounts()] == ["amy@shop"]
    assert client.misc.get_wechat_ips() == ["203.0.113.7", "203.0.113.64/26"]


def test_a_token_that_ended_is_asked_for_anew(weixin: ApiStandIn, client: Any) -> None:
    client.message.send_text(USER, "1")
    weixin.go_ahead(7200)
    client.message.send_text(USER, "2")
    assert [message.text for message in weixin.received(USER)] == ["1", "2"]
    assert weixin.count("token") == 2


def test_refusals(weixin: ApiStandIn, client: Any) -> None:
    for _ in range(5):
        client.message.send_text(USER, "hi")
    with pytest.raises(WeChatClientException) as raised:
        client.message.send_text(USER, "hi")
    assert raised.value.errcode == 45047
    weixin.fail(Fault(1, code=45009))
    with pytest.raises(APILimitedException):
        client.misc.get_wechat_ips()
