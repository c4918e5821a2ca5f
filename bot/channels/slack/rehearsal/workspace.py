"""What the stand-in knows: a workspace with people, channels and what was said, and the apps' tokens."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

Json = dict[str, Any]

TEAM, APP, BOT_USER, BOT = "T1", "A1", "UBOT", "BBOT"
BOT_TOKEN, APP_TOKEN = "xoxb-of-the-rehearsal", "xapp-1-of-the-rehearsal"


@dataclass
class Token:
    """An access token. `refusal` is the error that every call with it gets: token_revoked, account_inactive, ..."""

    token: str
    team: Optional[str]
    scopes: Optional[frozenset[str]] = None
    refusal: Optional[str] = None
    expires: Optional[float] = None

    @property
    def is_app_token(self) -> bool:
        """Whether it opens sockets and nothing else."""
        return self.token.startswith("xapp-")


@dataclass
class Person:
    """Somebody in the workspace."""

    id: str
    name: str
    locale: str = "en-US"
    is_bot: bool = False

    def to_json(self, team: str) -> Json:
        """Returns Slack's user object: https://docs.slack.dev/reference/objects/user-object/."""
        profile = {"real_name": self.name, "display_name": self.name}
        names = {"name": self.name.lower(), "real_name": self.name, "profile": profile}
        return {"id": self.id, "team_id": team, **names, "is_bot": self.is_bot, "locale": self.locale, "deleted": False}


@dataclass
class Channel:
    """A channel, or with one person besides the bot a direct message. `messages` are in order of their time."""

    team: str
    id: str
    members: list[str]
    name: str = ""
    is_private: bool = False
    messages: list[Json] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        """Whether it is a direct message."""
        return self.id.startswith("D")

    @property
    def kind(self) -> str:
        """The `channel_type` of Slack's message events."""
        return "im" if self.is_im else "group" if self.is_private else "channel"

    def to_json(self) -> Json:
        """Returns Slack's conversation object: https://docs.slack.dev/reference/objects/conversation-object/."""
        if self.is_im:
            return {"id": self.id, "is_im": True, "user": next(each for each in self.members if each != BOT_USER)}
        kinds = {"is_im": False, "is_channel": not self.is_private, "is_private": self.is_private}
        return {"id": self.id, "name": self.name, **kinds, "is_member": BOT_USER in self.members}

    def find(self, ts: object) -> Optional[Json]:
        """Returns the message of a time."""
        return next((message for message in self.messages if message["ts"] == ts), None)


class Workspace:
    """One or more workspaces that an app is installed in. By default T1 with two people.

    Ann (U1) reads English, Li (U2) Chinese. C1 is a channel with the bot in it, C2 one without, C3 a private one with
    it; D1 and D2 are the direct messages of Ann and Li.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.tokens: dict[str, Token] = {}
        self.people: dict[str, Person] = {}
        self.channels: dict[tuple[str, str], Channel] = {}
        # Two rehearsals within a second must not say the same message twice.
        self._ticks = itertools.count(secrets.randbelow(500_000))
        self.add_token(BOT_TOKEN, TEAM)
        self.add_token(APP_TOKEN, None)
        self.add_person(Person(BOT_USER, "Wenhao", is_bot=True))
        self.add_person(Person("U1", "Ann"))
        self.add_person(Person("U2", "Li", "zh-CN"))
        self.add_channel("C1", ["U1", "U2", BOT_USER], name="general")
        self.add_channel("C2", ["U1", "U2"], name="random")
        self.add_channel("C3", ["U1", "U2", BOT_USER], name="experts", is_private=True)
        self.add_channel("D1", ["U1", BOT_USER])
        self.add_channel("D2", ["U2", BOT_USER])

    def add_token(self, token: str, team: Optional[str], scopes: Optional[Iterable[str]] = None) -> Token:
        """Makes a token valid. Without `scopes` it may do everything."""
        known = Token(token, team, None if scopes is None else frozenset(scopes))
        self.tokens[token] = known
        return known

    def add_person(self, person: Person) -> None:
        """Lets somebody in."""
        self.people[person.id] = person

    def add_channel(self, id: str, members: Iterable[str], team: str = TEAM, **more: Any) -> Channel:
        """Opens a channel (C...), or a direct message (D...) with one person and the bot."""
        channel = Channel(team, id, list(members), **more)
        self.channels[team, id] = channel
        return channel

    def channel(self, team: str, id: object) -> Optional[Channel]:
        """Returns a channel; for a person's id the direct message with them, which is opened if need be."""
        if isinstance(id, str) and id in self.people:
            return self.direct_message(team, id)
        return self.channels.get((team, str(id)))

    def direct_message(self, team: str, person: str) -> Channel:
        """Returns the direct message with somebody."""
        for channel in self.channels.values():
            if channel.team == team and channel.is_im and person in channel.members:
                return channel
        return self.add_channel(f"D{person}", [person, BOT_USER], team)

    def new_ts(self) -> str:
        """Returns the time of a message, which no other message has."""
        return f"{int(self.clock())}.{next(self._ticks):06}"

    def say(self, person: str, text: str, channel: str, thread: Optional[str] = None, team: str = TEAM) -> Json:
        """Lets somebody write, and returns the message as the `message` event tells it.

        https://docs.slack.dev/reference/events/message/
        """
        place = self.channels[team, channel]
        ts = self.new_ts()
        message = {"type": "message", "user": person, "text": text, "ts": ts, "client_msg_id": f"msg-{ts}"}
        if thread:
            message["thread_ts"] = thread
        place.messages.append(message)
        return {**message, "channel": channel, "channel_type": place.kind, "event_ts": ts}
