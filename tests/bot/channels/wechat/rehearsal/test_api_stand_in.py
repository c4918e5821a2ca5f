"""The played API, called from a synchronous program as anybody would."""

from __future__ import annotations

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
from tests.bot.channels.wechat.rehearsal.caller import Caller


@pytest.fixture
def weixin() -> Iterator[ApiStandIn]:
    with playing() as api:
        yield api


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
