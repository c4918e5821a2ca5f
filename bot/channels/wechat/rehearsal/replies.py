"""A passive reply, looked at as WeChat does before the follower sees it.

https://developers.weixin.qq.com/doc/service/guide/product/message/Passive_user_reply_message.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.wechat.rehearsal.errors import UnreadableReplyError
from bot.channels.wechat.rehearsal.pushes import Follower

MOST_BYTES = 2048
SECONDS_DIGITS = 10
TRANSFER = "transfer_customer_service"


@dataclass(frozen=True)
class Reply:
    """What WeChat makes of a reply. A transfer shows nothing: it hands the follower to an agent."""

    kind: str
    text: str = ""
    agent: str = ""

    @property
    def is_transfer(self) -> bool:
        """Whether the follower is handed to a person."""
        return self.kind == TRANSFER


def read_reply(fields: Mapping[str, str], follower: Follower) -> Reply:
    """Returns a reply from its fields. Raises UnreadableReplyError where it is not as WeChat's page says."""
    kind = fields.get("MsgType", "")
    faults = {
        "has no MsgType": not kind,
        "is not addressed to the follower (ToUserName)": fields.get("ToUserName") != follower.openid,
        "does not come from the account (FromUserName)": fields.get("FromUserName") != follower.account,
        "has a CreateTime that is not in seconds": not _is_seconds(fields.get("CreateTime", "")),
        "has no text (Content)": kind == "text" and not fields.get("Content"),
        f"is longer than {MOST_BYTES} bytes": len(fields.get("Content", "").encode()) > MOST_BYTES,
    }
    for fault, there in faults.items():
        if there:
            raise UnreadableReplyError(f"the reply {fault}")
    return Reply(kind, fields.get("Content", ""), fields.get("KfAccount", ""))


def _is_seconds(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == SECONDS_DIGITS
