"""A reply must be as WeChat's page says, or the follower would not see it."""

from __future__ import annotations

import pytest

from bot.channels.wechat.rehearsal.errors import UnreadableReplyError
from bot.channels.wechat.rehearsal.pushes import Follower
from bot.channels.wechat.rehearsal.replies import Reply, read_reply
from tests.bot.channels.wechat.weixin import ACCOUNT, USER

GOOD = {
    "ToUserName": USER,
    "FromUserName": ACCOUNT,
    "CreateTime": "1714112445",
    "MsgType": "text",
    "Content": "你好",
}


def test_a_good_reply(follower: Follower) -> None:
    assert read_reply(GOOD, follower) == Reply("text", "你好")


def test_a_transfer_has_no_text(follower: Follower) -> None:
    fields = {**GOOD, "MsgType": "transfer_customer_service", "KfAccount": "agent@account", "Content": ""}
    reply = read_reply(fields, follower)
    assert reply.is_transfer and reply.agent == "agent@account"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"MsgType": ""}, "MsgType"),
        ({"ToUserName": ACCOUNT}, "ToUserName"),
        ({"FromUserName": USER}, "FromUserName"),
        ({"CreateTime": "1714112445000"}, "seconds"),
        ({"CreateTime": ""}, "seconds"),
        ({"CreateTime": "١٧١٤١١٢٤٤٥"}, "seconds"),
        ({"Content": ""}, "Content"),
        ({"Content": "问" * 683}, "2048 bytes"),
    ],
)
def test_faults_are_told(follower: Follower, changes: dict[str, str], fault: str) -> None:
    with pytest.raises(UnreadableReplyError, match=fault):
        read_reply({**GOOD, **changes}, follower)


def test_the_longest_text_passes(follower: Follower) -> None:
    assert read_reply({**GOOD, "Content": "问" * 682 + "ab"}, follower).text.endswith("ab")
