"""Access tokens of the played API: who gets which, and how long it counts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn
from tests.bot.channels.wechat.playing import playing
from tests.bot.channels.wechat.rehearsal.caller import Caller


@pytest.fixture
def weixin() -> Iterator[ApiStandIn]:
    with playing() as api:
        yield api


@pytest.fixture
def caller(weixin: ApiStandIn) -> Caller:
    return Caller(weixin)


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
