"""What a follower does in a rehearsal, as the command line names it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Optional

from bot.errors import WenhaoError

if TYPE_CHECKING:
    from bot.channels.wechat.rehearsal.pushes import Follower, MessageKind, Push


class ModeName(str, Enum):
    """How messages travel, as the platform's page names it."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


class EventName(str, Enum):
    """What a follower can do beside writing."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    SCAN = "SCAN"
    CLICK = "CLICK"
    VIEW = "VIEW"
    LOCATION = "LOCATION"
    KF_CREATE_SESSION = "kf_create_session"
    KF_CLOSE_SESSION = "kf_close_session"


TRIGGERS = {EventName.CLICK: "menu", EventName.SUBSCRIBE: "subscribe", EventName.SCAN: "scan"}


@dataclass(frozen=True)
class Deed:
    """What the follower does: a message of a kind, or an event. `key` is what tapping or scanning adds."""

    kind: MessageKind = "text"
    event: Optional[EventName] = None
    key: str = ""

    @property
    def needs_text(self) -> bool:
        """Whether there is nothing to send without words."""
        return self.event is None and self.kind == "text"

    @property
    def trigger(self) -> str:
        """Returns what it counts as for messages that the account may send by itself, empty where for nothing."""
        if self.event:
            return TRIGGERS.get(self.event, "")
        # A tap on a message menu counts like one on the custom menu.
        return "menu" if self.key else "message"

    def shown(self, text: str) -> str:
        """Returns what the chat shows of it."""
        what = [f"event {self.event.value}", self.key] if self.event else [] if self.needs_text else [self.kind]
        return " ".join(filter(None, [f"[{' '.join(filter(None, what))}]" if what else "", text]))

    def to_push(self, follower: Follower, text: str) -> Push:
        """Returns it as WeChat pushes it."""
        from bot.channels.wechat.rehearsal.pushes import event, message

        if self.event:
            return event(follower, self.event.value, self.key)
        return message(follower, self.kind, text, menu_entry=self.key)


def choose(kinds: dict[MessageKind, bool], event: Optional[EventName], key: str) -> Deed:
    """Returns the one thing that was asked for. Raises WenhaoError where it is several."""
    chosen = [kind for kind, is_chosen in kinds.items() if is_chosen]
    if len(chosen) + (event is not None) > 1:
        raise WenhaoError("one thing at a time: choose one of --voice, --image, --location, --link and --event")
    return Deed(chosen[0] if chosen else "text", event, key)
