"""`wenhao wechat menu`, against a stand-in of WeChat's API that grants what WeChat grants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from bot.channels.wechat.api import WeChatApiError
from bot.channels.wechat.rehearsal.api_platform import PlayedAccount
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn
from bot.errors import WenhaoError
from tests.bot.cli.here import run_here
from tests.programs import wenhao

APP = ("wxba5fad812f8e6fb9", "0123456789abcdef0123456789abcdef")
SERVICE = {"WECHAT_ACCOUNT_TYPE": "service", "WECHAT_VERIFIED": "yes"}


@pytest.fixture
def api() -> Iterator[ApiStandIn]:
    with ApiStandIn(PlayedAccount(*APP)) as api:
        yield api


def settings_for(api: ApiStandIn, folder: Path) -> dict[str, object]:
    return {
        "WECHAT_TOKEN": "AAAAA",
        "WECHAT_APP_ID": api.account.app_id,
        "WECHAT_APP_SECRET": api.account.app_secret,
        "WECHAT_API_BASE_URL": api.url,
        "STATE_FILE": folder / "state.db",
    }


@pytest.fixture
def menu(api: ApiStandIn, tmp_path: Path) -> object:
    def run(*arguments: str, **settings: str) -> Result:
        return run_here("wechat", "menu", *arguments, **{**settings_for(api, tmp_path), **(settings or SERVICE)})

    return run


def test_push_show_and_delete(api: ApiStandIn, menu) -> None:
    pushed = menu("push")
    assert pushed.exit_code == 0, pushed.output
    assert "认证费用  ask:verification_fee" in pushed.stdout
    assert [button["name"] for button in api.platform.menu["button"]] == ["费用", "权限", "咨询"]
    shown = menu("show")
    assert shown.stdout.splitlines() == pushed.stdout.splitlines()[:-1]
    assert menu("delete").exit_code == 0
    assert api.platform.menu is None
    assert "no menu" in menu("show").stdout


def test_in_english(api: ApiStandIn, menu) -> None:
    assert menu("push", "--language", "en").exit_code == 0
    assert [button["name"] for button in api.platform.menu["button"]] == ["Fees", "Rights", "Advice"]


@pytest.mark.parametrize("command", ["push", "show", "delete"])
def test_an_account_that_may_have_none_is_told_the_rule(api: ApiStandIn, menu, command: str) -> None:
    refused = menu(command, WECHAT_ACCOUNT_TYPE="subscription", WECHAT_VERIFIED="no")
    assert isinstance(refused.exception, WenhaoError)
    said = str(refused.exception)
    assert "Wenhao's own rule table" in said
    assert 'No: unverified subscription accounts cannot use "custom menu interface".' in said
    assert "the menu interface needs verification" in said
    assert said.count("Source: ") == 2
    assert not api.calls, "WeChat is not asked"


@pytest.mark.parametrize(
    "allowed", [{"WECHAT_ACCOUNT_TYPE": "service"}, {"WECHAT_ACCOUNT_TYPE": "subscription", "WECHAT_VERIFIED": "yes"}]
)
def test_every_other_account_may_have_one(menu, allowed: dict[str, str]) -> None:
    assert menu("push", **allowed).exit_code == 0


@pytest.mark.parametrize(
    ("unset", "says"),
    [
        ("WECHAT_APP_SECRET", "set WECHAT_APP_ID and WECHAT_APP_SECRET"),
        ("WECHAT_ACCOUNT_TYPE", "set WECHAT_ACCOUNT_TYPE (subscription or service)"),
    ],
)
def test_what_is_not_set_is_told(api: ApiStandIn, menu, unset: str, says: str) -> None:
    refused = menu("push", **{**SERVICE, unset: ""})
    assert says in str(refused.exception)
    assert not api.calls


def test_wechats_refusal_is_told_with_its_remedy(tmp_path: Path) -> None:
    with ApiStandIn(PlayedAccount(*APP, kind="subscription", verified=False)) as api:
        settings = {**settings_for(api, tmp_path), **SERVICE}
        refused = run_here("wechat", "menu", "push", **settings)
        assert isinstance(refused.exception, WeChatApiError)
        told = wenhao("wechat", "menu", "push", settings=settings)
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1
    assert "48001" in told.stderr and "WECHAT_ACCOUNT_TYPE" in told.stderr
    assert api.account.app_secret not in told.stderr


def test_a_wrong_secret(menu) -> None:
    refused = menu("push", **SERVICE, WECHAT_APP_SECRET="wrong")
    assert "40125" in str(refused.exception) and "WECHAT_APP_SECRET" in str(refused.exception)
