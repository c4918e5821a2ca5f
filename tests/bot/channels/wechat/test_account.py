"""The credentials of an account."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from rasa.shared.exceptions import RasaException

from actions.rule_table.table import RuleTable
from bot.channels.wechat.account import Account
from bot.channels.wechat.input import WeChatInput
from bot.channels.wechat.rights import Rights

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_the_token_alone_will_do() -> None:
    assert Account.from_credentials({"token": "t", "app_id": None, "encoding_aes_key": ""}) == Account("t")
    assert WeChatInput.from_credentials({"token": "t"}).url_prefix() == "wechat"


def test_everything_can_be_set() -> None:
    account = Account.from_credentials(
        {
            "token": "t",
            "app_id": "wx1",
            "app_secret": "s",
            "encoding_aes_key": KEY,
            "previous_encoding_aes_key": KEY[::-1],
            "account_type": "Service",
            "verified": "yes",
            "api_base_url": "http://127.0.0.1:1/",
        }
    )
    assert account == Account("t", "wx1", "s", KEY, KEY[::-1], "service", True, "http://127.0.0.1:1")
    assert account.can_call


def test_an_account_that_says_nothing_of_itself_may_do_the_least(table: RuleTable) -> None:
    silent = {"token": "t", "app_id": "wx1", "app_secret": "s"}
    assert not Rights(Account.from_credentials(silent), table).may("custom_menu")
    assert not Rights(Account.from_credentials(silent), table).may("customer_message")
    assert Rights(Account.from_credentials({**silent, "verified": "yes"}), table).may("custom_menu")
    assert Rights(Account.from_credentials({**silent, "account_type": "service"}), table).may("custom_menu")
    assert not Rights(Account.from_credentials({"token": "t", "account_type": "service"}), table).may("custom_menu")


@pytest.mark.parametrize(
    ("credentials", "fault"),
    [
        (None, "'token' is missing"),
        ({"token": ""}, "'token' is missing"),
        ({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY[:-1]}, "'encoding_aes_key' must be the 43"),
        ({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY[:-1] + "!"}, "'encoding_aes_key' must be the 43"),
        ({"token": "t", "app_id": "wx1", "encoding_aes_key": KEY[:-1] + "号"}, "'encoding_aes_key' must be the 43"),
        ({"token": "t", "encoding_aes_key": KEY}, "'app_id' is missing"),
        ({"token": "t", "app_secret": KEY}, "'app_id' is missing"),
        ({"token": "t", "previous_encoding_aes_key": KEY}, "'previous_encoding_aes_key' stands alone"),
        ({"token": "t", "account_type": "enterprise"}, "'account_type' is neither of the two"),
        ({"token": "t", "verified": "perhaps"}, "'verified' is no answer"),
        ({"token": "t", "api_base_url": "api.weixin.qq.com"}, "'api_base_url' is no web address"),
    ],
)
def test_what_would_be_unsafe_is_refused(credentials: Optional[dict[str, Any]], fault: str) -> None:
    with pytest.raises(RasaException, match=fault) as error:
        WeChatInput.from_credentials(credentials)
    assert KEY[:-1] not in str(error.value)


def test_secrets_are_not_shown() -> None:
    shown = repr(Account("a token", "wx1", "a secret", KEY, KEY[::-1]))
    assert not [secret for secret in ("a token", "a secret", KEY, KEY[::-1]) if secret in shown]
