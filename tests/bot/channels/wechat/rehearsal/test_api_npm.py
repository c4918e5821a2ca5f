"""The played API, called by npm wechat-api: a client for Node that nobody here wrote.

It asks for its token by the older `token`, knows no `stable_token`, and asks anew and comes again where 40001 says that
the token counts no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn, Fault
from tests.bot.channels.wechat.playing import USER, playing
from tests.node_programs import NodeProgram

MENU = {
    "button": [
        {"type": "click", "name": "费用", "key": "fees"},
        {"name": "更多", "sub_button": [{"type": "view", "name": "网站", "url": "https://example.com/"}]},
    ]
}


@dataclass
class Npm:
    """npm wechat-api with one account's credentials."""

    program: NodeProgram

    def call(self, method: str, *given: Any) -> Any:
        """Calls a method that must succeed, and returns what came back."""
        answer = self.program.ask("call", method=method, given=given)
        assert answer["code"] == 0, answer
        return answer["data"]

    def refused(self, method: str, *given: Any) -> int:
        """Calls a method that must fail, and returns the error's code."""
        code: int = self.program.ask("call", method=method, given=given)["code"]
        assert code
        return code


@pytest.fixture
def weixin() -> Iterator[ApiStandIn]:
    with playing() as api:
        yield api


@pytest.fixture
def connect(node_program: Callable[[str], NodeProgram]) -> Callable[..., Npm]:
    def start(api: ApiStandIn, **changes: str) -> Npm:
        program = node_program("wechat_api")
        known = {"app_id": api.account.app_id, "secret": api.account.app_secret, "address": api.url}
        program.ask("connect", **(known | changes))
        return Npm(program)

    return start


@pytest.fixture
def npm(weixin: ApiStandIn, connect: Callable[..., Npm]) -> Npm:
    return connect(weixin)


def test_a_token_is_asked_for_once(weixin: ApiStandIn, npm: Npm) -> None:
    assert npm.call("getLatestToken")["accessToken"]
    npm.call("sendText", USER, "认证费 😀")
    npm.call("sendText", USER, "300元")
    assert [message.text for message in weixin.received(USER)] == ["认证费 😀", "300元"]
    assert weixin.count("token") == 1


def test_a_menu_is_made_shown_and_removed(npm: Npm) -> None:
    npm.call("createMenu", MENU)
    assert npm.call("getMenu")["menu"]["button"] == MENU["button"]
    assert npm.call("getMenuConfig")["is_menu_open"] == 1
    npm.call("removeMenu")
    assert npm.refused("getMenu") == 46003
    assert npm.call("getMenuConfig")["is_menu_open"] == 0


def test_what_else_is_asked(weixin: ApiStandIn, npm: Npm) -> None:
    weixin.platform.agents = [{"kf_account": "amy@shop", "status": 1, "kf_id": "1", "accepted_case": 0}]
    assert npm.call("getUser", USER)["language"] == "zh_CN"
    assert npm.call("getUser", USER)["openid"] == USER
    online = npm.call("getOnlineCustomServiceList")["kf_online_list"]
    assert [agent["kf_account"] for agent in online] == ["amy@shop"]


def test_a_token_that_counts_no_more_is_asked_for_anew(weixin: ApiStandIn, npm: Npm) -> None:
    npm.call("sendText", USER, "1")
    weixin.fail(Fault(1, path="message/custom/send", code=40001))
    npm.call("sendText", USER, "2")
    assert [message.text for message in weixin.received(USER)] == ["1", "2"]


def test_a_token_that_ended_is_refused(weixin: ApiStandIn, npm: Npm) -> None:
    npm.call("sendText", USER, "1")
    weixin.go_ahead(7201)
    # The client's own clock has not moved: it comes again with the same token.
    assert npm.refused("getUser", USER) in (40001, 42001)


def test_the_sixth_message_is_refused(npm: Npm) -> None:
    for _ in range(5):
        npm.call("sendText", USER, "hi")
    assert npm.refused("sendText", USER, "hi") == 45047


def test_two_days_later_nothing_may_be_sent(weixin: ApiStandIn, npm: Npm) -> None:
    weixin.go_ahead(48 * 3600 + 1)
    assert npm.refused("sendText", USER, "hi") == 45015


@pytest.mark.parametrize(
    ("given", "code"),
    [((USER, "多" * 700), 45002), (("o-nobody", "hi"), 40003), ((USER, ""), 44004)],
    ids=["long", "nobody", "empty"],
)
def test_a_message_that_can_not_be_sent_is_refused(npm: Npm, given: tuple[str, str], code: int) -> None:
    assert npm.refused("sendText", *given) == code


@pytest.mark.parametrize(
    ("changes", "code"), [({"secret": "0" * 32}, 40125), ({"app_id": "wx0"}, 40013)], ids=["secret", "app id"]
)
def test_wrong_credentials_are_refused(
    weixin: ApiStandIn, connect: Callable[..., Npm], changes: dict[str, str], code: int
) -> None:
    assert connect(weixin, **changes).refused("getLatestToken") == code


def test_another_address_than_the_whitelists_is_refused(weixin: ApiStandIn, npm: Npm) -> None:
    weixin.platform.whitelist = {"203.0.113.1"}
    assert npm.refused("getLatestToken") == 40164


def test_an_account_without_the_right_is_refused(connect: Callable[..., Npm]) -> None:
    with playing(kind="subscription", verified=False) as api:
        npm = connect(api)
        assert npm.refused("sendText", USER, "hi") == 48001
        assert npm.refused("createMenu", MENU) == 48001


@pytest.mark.parametrize("code", [-1, 45009, 45011])
def test_a_fault_of_the_platform_has_its_code(weixin: ApiStandIn, npm: Npm, code: int) -> None:
    weixin.fail(Fault(1, path="user/info", code=code))
    assert npm.refused("getUser", USER) == code


@pytest.mark.parametrize("menu", [{"button": []}, {"button": [{"type": "click", "name": "多" * 20, "key": "k"}]}])
def test_a_menu_against_the_rules_is_refused(npm: Npm, menu: dict[str, Any]) -> None:
    assert 40000 < npm.refused("createMenu", menu) < 40100
