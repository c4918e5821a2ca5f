"""Who said something, by the ids of conversations in each channel.

- WeChat: `wechat:APPID:ACCOUNT:OPENID`; a person is the OpenID, which differs between accounts anyway.
- Slack: `TEAM:DIRECT`, `TEAM:CHANNEL:USER` where only they see the answer, `TEAM:CHANNEL:THREAD` where several people
  may write. Its messages carry `TEAM:USER` in their metadata.
- REST, the chat page: the sender is the conversation.
"""

from __future__ import annotations

import re
from typing import Optional

WECHAT, SLACK = "wechat", "slack"
_SLACK_USER = re.compile(r"([TE][A-Z0-9]+):[A-Z0-9]+:([UW][A-Z0-9]+)")


def speaker_of(conversation: str, channel: str, told: Optional[str] = None) -> str:
    """Returns the person that speaks in a conversation. `told` is who the message itself says it is."""
    if told:
        return told
    if channel == WECHAT and conversation.startswith(f"{WECHAT}:"):
        return f"{WECHAT}:{conversation.rsplit(':', 1)[-1]}"
    found = _SLACK_USER.fullmatch(conversation) if channel == SLACK else None
    return f"{found[1]}:{found[2]}" if found else conversation


def names_of(given: str) -> tuple[str, ...]:
    """Returns the persons that an id of a platform, or of a conversation, may stand for."""
    named = (given, *(speaker_of(given, channel) for channel in (WECHAT, SLACK)), f"{WECHAT}:{given}")
    return tuple(dict.fromkeys(named))
