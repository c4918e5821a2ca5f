"""The credentials of an account."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.wechat import WeChatInput
from bot.channels.wechat.account import Account

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_the_token_alone_will_do() -> None:
    assert Account.from_credentials({"token": "t", "app_id": None, "encoding_aes_key": ""}) == Account("t")
    assert WeChatInput.from_credentials({"token": "t"}).url_prefix() == "wechat"


def test_everything_can_be_set() -> None:
    account = Account.from_credentials({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY})
    assert account == Account("t", "wx1", KEY)


@pytest.mark.parametrize(
    ("credentials", "fault"),
    [
        (None, "'token' is missing"),
        ({"token": ""}, "'token' is missing"),
        ({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY[:-1]}, "'encoding_aes_key' must be the 43"),
        ({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY[:-1] + "!"}, "'encoding_aes_key' must be the 43"),
        ({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY[:-1] + "号"}, "'encoding_aes_key' must be the 43"),
        ({"token": "t", "encoding_aes_key": KEY}, "'app_id' is missing"),
    ],
)
def test_what_would_be_unsafe_is_refused(credentials: Optional[dict[str, Any]], fault: str) -> None:
    with pytest.raises(RasaException, match=fault) as error:
        WeChatInput.from_credentials(credentials)
    assert KEY[:-1] not in str(error.value)


def test_secrets_are_not_shown() -> None:
    shown = repr(Account("a token", "wx1", KEY))
    assert "token" not in shown
    assert KEY not in shown
