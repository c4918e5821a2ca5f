"""Where in Slack something was said, and where the answer belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class Place:
    """A place in a workspace, as one person there sees it.

    `thread` is the thread the answer belongs in (None: none). `is_thread` says whether that thread was there before.
    With `private` only the person sees the answer. `response_url` is Slack's address for answers to what the person
    pressed or typed as a command: good for five answers in half an hour.
    https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
    """

    team: str
    channel: str
    user: str
    conversation: str
    thread: Optional[str] = None
    is_thread: bool = False
    private: bool = False
    response_url: Optional[str] = None
    enterprise: Optional[str] = None

    @property
    def is_direct(self) -> bool:
        """Whether nobody else reads there: direct message channels bear a D."""
        return self.channel.startswith("D")

    def to_data(self) -> dict[str, Any]:
        """Returns the place as it is kept in the inbox."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Place:
        """Reads a place as it was kept."""
        return cls(**data)


def conversation_of(team: str, channel: str, thread: Optional[str] = None) -> str:
    """Returns the id of a conversation: a direct message channel is one, elsewhere each thread is."""
    return f"{team}:{channel}:{thread}" if thread else f"{team}:{channel}"


def private_conversation_of(team: str, channel: str, user: str) -> str:
    """Returns the id of the conversation that one person has with Wenhao in a channel, unseen by the others."""
    return f"{team}:{channel}:{user}"
