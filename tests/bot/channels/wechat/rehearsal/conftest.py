"""A follower, and the settings that both sides of a rehearsal have."""

from __future__ import annotations

import pytest

from bot.channels.wechat.rehearsal.pushes import Follower
from tests.bot.channels.wechat.weixin import ACCOUNT, USER


@pytest.fixture
def follower() -> Follower:
    return Follower(USER, ACCOUNT)
