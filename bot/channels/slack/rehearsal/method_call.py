"""One call of a Web API method, and the table of the methods."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional

from bot.channels.slack.rehearsal.problems import Problem
from bot.channels.slack.rehearsal.workspace import BOT_USER, Channel, Token

if TYPE_CHECKING:
    from bot.channels.slack.rehearsal.desk import Desk

Json = dict[str, Any]

SCOPE_OF_KIND = {"channel": "channels", "group": "groups", "im": "im"}


class RefusedError(Exception):
    """The answer is `{"ok": false, "error": ...}`, with more beside it."""

    def __init__(self, error: str, status: int = 200, headers: Optional[dict[str, str]] = None, **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.headers = headers or {}
        self.answer: Json = {"ok": False, "error": error, **more}


def refuse_problems(error: str, problems: list[Problem]) -> None:
    """Raises RefusedError where there are problems, each told as Slack tells it."""
    if problems:
        told = [str(problem) for problem in problems]
        raise RefusedError(error, errors=told, response_metadata={"messages": told})


@dataclass
class Call:
    """A method with its arguments, and who calls it."""

    desk: Desk
    method: str
    arguments: Json
    token: Optional[Token]
    warnings: list[str] = field(default_factory=list)

    @property
    def team(self) -> str:
        """The workspace that the token belongs to."""
        assert self.token and self.token.team
        return self.token.team

    def needed(self, name: str) -> str:
        """Returns an argument. Raises RefusedError where it is missing."""
        value = self.arguments.get(name)
        if value in (None, ""):
            message = f"[ERROR] missing required field: {name}"
            raise RefusedError("invalid_arguments", response_metadata={"messages": [message]})
        return str(value)

    def parsed(self, name: str) -> Any:
        """Returns an argument that is JSON, in a form as text. Raises RefusedError where it is none."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise RefusedError(error) from None

    def need_scope(self, *any_of: str) -> None:
        """Raises RefusedError where the token has none of these scopes."""
        assert self.token
        if self.token.scopes is not None and not self.token.scopes & set(any_of):
            raise RefusedError("missing_scope", needed=any_of[0], provided=",".join(sorted(self.token.scopes)))

    def channel(self, name: str = "channel", member: bool = True, scope: Optional[str] = None) -> Channel:
        """Returns the channel that an argument names. Raises RefusedError where the bot can't use it."""
        channel = self.desk.workspace.channel(self.team, self.needed(name))
        hidden = channel is not None and channel.is_private and BOT_USER not in channel.members
        if channel is None or hidden:
            raise RefusedError("channel_not_found")
        if scope:
            self.need_scope(f"{SCOPE_OF_KIND[channel.kind]}:{scope}")
        if member and BOT_USER not in channel.members:
            raise RefusedError("not_in_channel")
        return channel


@dataclass(frozen=True)
class Method:
    """What a method does, and the scopes of which it needs one. `by_app` is called without a bot token."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...]
    by_app: bool


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, by_app: bool = False) -> Callable[[Callable[[Call], Json]], Callable[[Call], Json]]:
    """Enters a function into the table of methods."""

    def enter(run: Callable[[Call], Json]) -> Callable[[Call], Json]:
        METHODS[name] = Method(run, scopes, by_app)
        return run

    return enter
