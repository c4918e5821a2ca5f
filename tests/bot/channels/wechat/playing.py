"""The played API of WeChat, and our side of one account with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.channels.wechat.account import Account
from bot.channels.wechat.rehearsal.api_platform import PlayedAccount
from bot.channels.wechat.rehearsal.api_stand_in import ApiStandIn

USER = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
SECRET = "0123456789abcdef0123456789abcdef"


@contextmanager
def playing(**account: Any) -> Iterator[ApiStandIn]:
    """Plays the API for an account of its own, with one follower who has just written."""
    with ApiStandIn(replace(PlayedAccount(f"wx{uuid.uuid4().hex[:16]}", SECRET), **account)) as api:
        api.did(USER, "message")
        yield api


def account_at(api: ApiStandIn, **changes: Any) -> Account:
    """Returns the account as an operator would have set it."""
    known = api.account
    account = Account("a token", known.app_id, known.app_secret, verified=known.verified, api_base_url=api.url)
    return replace(account, **changes)
