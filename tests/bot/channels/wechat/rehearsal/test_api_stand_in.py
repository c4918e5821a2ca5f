"""The played API, called from a synchronous program as anybody would."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from bot.channels.wechat.rehearsal.api_platform import PlayedAccount
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.playing import SECRET, USER, playing


@pytest.fixture
def weixin() -> Iterator[ApiStandIn]:
    with playing() as api:
        yield api


class Caller:
    """A program with a token."""

    def __init__(self, weixin: ApiStandIn) -> None:
        self.weixin = weixin
        self.token = self.stable()["access_token"]

    def stable(self, **changes: Any) -> dict[str, Any]:
        account = self.weixin.account
        body = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.app_secret, **changes}
        return answer_of(requests.post(f"{self.weixin.url}/cgi-bin/stable_token", json=body, timeout=5))

    def plain(self, **changes: Any) -> dict[str, Any]:
        account = self.weixin.account
        query = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.app_secret, **changes}
        return answer_of(requests.get(f"{self.weixin.url}/cgi-bin/token", params=query, timeout=5))

    def get(self, path: str, **query: str) -> dict[str, Any]:
        query = {"access_token": self.token, **query}
        return answer_of(requests.get(f"{self.weixin.url}/cgi-bin/{path}", params=query, timeout=5))

    def post(self, path: str, body: Any) -> dict[str, Any]:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        query = {"access_token": self.token}
        return answer_of(requests.post(f"{self.weixin.url}/cgi-bin/{path}", params=query, data=data, timeout=5))

    def send(self, text: str, to: str = USER) -> int:
        body = {"touser": to, "msgtype": "text", "text": {"content": text}}
        return int(self.post("message/custom/send", body)["errcode"])

    def type(self, command: str = "Typing") -> int:
        return int(self.post("message/custom/typing", {"touser": USER, "command": command})["errcode"])


def answer_of(response: requests.Response) -> dict[str, Any]:
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.fixture
def caller(weixin: ApiStandIn) -> Caller:
    return Caller(weixin)


def test_what_a_follower_received_stands_in_order(weixin: ApiStandIn, caller: Caller) -> None:
    weixin.did("o-other", "message")
    for to, text in ((USER, "1"), ("o-other", "a"), (USER, "2")):
        assert caller.send(text, to) == 0
    assert [message.text for message in weixin.received(USER)] == ["1", "2"]
    assert [message.text for message in weixin.received("o-other")] == ["a"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 44002),
        (b"no json", 47001),
        (b"[]", 47001),
        (b"\xff", 47001),
        ({"touser": USER, "msgtype": "text"}, 47001),
        ({"touser": USER, "msgtype": "text", "text": {}}, 47001),
        ({"touser": USER, "msgtype": "text", "text": {"content": 5}}, 47001),
        ({"touser": USER, "msgtype": "text", "text": {"content": ""}}, 44004),
        ({"touser": USER, "msgtype": "markdown", "markdown": {"content": "a"}}, 40008),
        ({"touser": USER, "msgtype": "msgmenu", "msgmenu": {"list": [{"id": "1"}]}}, 47001),
        ({"touser": USER, "msgtype": "msgmenu", "msgmenu": {"head_content": "a" * 2049, "list": []}}, 45002),
        ({"msgtype": "text", "text": {"content": "a"}}, 40003),
        ({"touser": [], "msgtype": "text", "text": {"content": "a"}}, 40003),
        ({"touser": USER, "msgtype": {}, "text": {"content": "a"}}, 40008),
    ],
)
def test_what_is_no_message(body: Any, code: int, weixin: ApiStandIn, caller: Caller) -> None:
    assert caller.post("message/custom/send", body)["errcode"] == code
    assert weixin.received(USER) == []


def test_counts_and_windows(weixin: ApiStandIn, caller: Caller) -> None:
    weixin.follow("o-new")
    assert caller.send("too soon", "o-new") == 45015
    weixin.did("o-new", "subscribe")
    assert [caller.send(str(n), "o-new") for n in range(4)] == [0, 0, 0, 45047]
    weixin.did("o-new", "scan")
    weixin.go_ahead(61)
    assert caller.send("late", "o-new") == 45015
    weixin.did("o-new", "message")
    weixin.go_ahead(48 * 3600 - 10)
    caller.token = caller.stable()["access_token"]
    assert [caller.send(str(n), "o-new") for n in range(6)] == [0] * 5 + [45047]


def test_typing(weixin: ApiStandIn, caller: Caller) -> None:
    assert [caller.type(), caller.type()] == [0, 45081]
    assert [caller.type("CancelTyping"), caller.type()] == [0, 0]
    weixin.go_ahead(16)
    assert [caller.type(), caller.send("done"), caller.type()] == [0, 0, 0]
    weixin.go_ahead(31)
    assert [caller.type(), caller.type("Sing")] == [45080, 45072]
    weixin.unfollow(USER)
    assert caller.type() == 45015


def test_a_call_needs_a_token_that_counts(weixin: ApiStandIn, caller: Caller) -> None:
    assert "ip_list" in caller.get("getcallbackip")
    assert caller.get("getcallbackip", access_token="")["errcode"] == 41001
    assert caller.get("getcallbackip", access_token="made-up")["errcode"] == 40001
    assert caller.get("getcallbackip", access_token="访问")["errcode"] == 40001
    weixin.go_ahead(7200)
    assert caller.get("getcallbackip")["errcode"] == 42001


def test_everybody_gets_the_same_stable_token_until_minutes_before_its_end(weixin: ApiStandIn, caller: Caller) -> None:
    weixin.go_ahead(6000)
    again = caller.stable()
    assert again["access_token"] == caller.token
    assert 1195 <= again["expires_in"] <= 1200
    weixin.go_ahead(1000)
    new = caller.stable()
    assert new["access_token"] != caller.token
    assert 7195 <= new["expires_in"] <= 7200
    # Both count until the old one's end.
    assert "ip_list" in caller.get("getcallbackip")
    assert "ip_list" in caller.get("getcallbackip", access_token=new["access_token"])
    weixin.go_ahead(201)
    assert caller.get("getcallbackip")["errcode"] in (40001, 42001)


def test_force(weixin: ApiStandIn, caller: Caller) -> None:
    second = caller.stable(force_refresh=True)["access_token"]
    assert second != caller.token
    # Too soon: nothing new.
    assert caller.stable(force_refresh=True)["access_token"] == second
    assert "ip_list" in caller.get("getcallbackip")
    weixin.go_ahead(30)
    third = caller.stable(force_refresh=True)["access_token"]
    assert third != second
    assert caller.get("getcallbackip")["errcode"] == 40001
    for _ in range(18):
        weixin.go_ahead(30)
        assert "access_token" in caller.stable(force_refresh=True)
    weixin.go_ahead(30)
    assert caller.stable(force_refresh=True)["errcode"] == 45009
    assert "access_token" in caller.stable()


def test_the_older_way_gives_a_new_token_each_time(weixin: ApiStandIn, caller: Caller) -> None:
    first, second = caller.plain()["access_token"], caller.plain()["access_token"]
    assert first != second
    for token in (first, second, caller.token):
        assert "ip_list" in caller.get("getcallbackip", access_token=token)
    weixin.go_ahead(300)
    assert caller.get("getcallbackip", access_token=first)["errcode"] == 40001
    assert "ip_list" in caller.get("getcallbackip", access_token=second)
    weixin.platform.limits["token"] = 3
    assert "access_token" in caller.plain()
    assert caller.plain()["errcode"] == 45009


@pytest.mark.parametrize(
    ("changes", "code"), [({"grant_type": "x"}, 40002), ({"appid": "wx"}, 40013), ({"secret": "密"}, 40125)]
)
def test_credentials(changes: dict[str, str], code: int, caller: Caller) -> None:
    assert caller.stable(**changes)["errcode"] == code
    assert caller.plain(**changes)["errcode"] == code


def test_the_whitelist_names_the_address(weixin: ApiStandIn, caller: Caller) -> None:
    weixin.platform.whitelist = set()
    refused = caller.stable()
    assert refused["errcode"] == 40164
    assert refused["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ")
    # It is asked for tokens; a token that is out goes on.
    assert "ip_list" in caller.get("getcallbackip")
    weixin.platform.whitelist = {"127.0.0.1"}
    assert "access_token" in caller.stable()


def test_the_method_is_asked_for(caller: Caller) -> None:
    assert caller.get("message/custom/send")["errcode"] == 43002
    assert caller.post("user/info", {})["errcode"] == 43001


def test_other_paths_are_not_there(weixin: ApiStandIn) -> None:
    for path in ("/cgi-bin/media/upload", "/", "/cgi-bin/"):
        assert requests.get(weixin.url + path, timeout=5).status_code == 404


def test_a_follower_is_told_of(weixin: ApiStandIn, caller: Caller) -> None:
    weixin.follow("o-en", "en")
    assert caller.get("user/info", openid="o-en")["language"] == "en"
    weixin.unfollow("o-en")
    assert caller.get("user/info", openid="o-en") == {"subscribe": 0, "openid": "o-en", "tagid_list": []}
    assert caller.get("user/info", openid="o-nobody")["errcode"] == 40003
    assert caller.get("user/info")["errcode"] == 40003


def test_a_test_account_has_no_message_menus() -> None:
    with playing(verified=False, is_test=True) as weixin:
        caller = Caller(weixin)
        assert caller.send("hi") == 0
        menu = {"touser": USER, "msgtype": "msgmenu", "msgmenu": {"head_content": "?", "list": []}}
        assert caller.post("message/custom/send", menu)["errcode"] == 40200


def test_faults_come_in_turn(weixin: ApiStandIn, caller: Caller) -> None:
    weixin.fail(Fault(1, code=45011))
    weixin.fail(Fault(2, "message/custom/send", code=-1, message="what {address} hears"))
    assert caller.send("1") == 45011
    assert "errcode" not in caller.get("getcallbackip")
    refused = caller.post("message/custom/send", {})
    assert (refused["errcode"], refused["errmsg"].split(" rid")[0]) == (-1, "what 127.0.0.1 hears")
    assert [caller.send("2"), caller.send("3")] == [-1, 0]


@pytest.mark.parametrize("arrives", [True, False])
def test_a_dropped_call(arrives: bool, weixin: ApiStandIn, caller: Caller) -> None:
    weixin.fail(Fault(1, drop=True, arrives=arrives))
    with pytest.raises(requests.ConnectionError):
        caller.send("1")
    assert len(weixin.received(USER)) == int(arrives)
    assert caller.send("2") == 0


def test_many_callers_at_once_get_no_more_than_the_count(weixin: ApiStandIn, caller: Caller) -> None:
    barrier = threading.Barrier(8)

    def send(n: int) -> int:
        barrier.wait()
        return caller.send(str(n))

    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(send, range(8)))
    assert sorted(codes) == [0] * 5 + [45047] * 3
    assert weixin.count("message/custom/send") == 8


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=str(port)), ApiStandIn(PlayedAccount("wx1", SECRET), port=port):
            pass


def test_it_stops(free_port: int) -> None:
    with ApiStandIn(PlayedAccount("wx1", SECRET), port=free_port) as weixin:
        assert weixin.url == f"http://127.0.0.1:{free_port}"
    with pytest.raises(requests.ConnectionError):
        requests.get(weixin.url, timeout=5)


def test_no_secret_in_what_is_shown(weixin: ApiStandIn) -> None:
    assert SECRET not in repr(weixin.account)
