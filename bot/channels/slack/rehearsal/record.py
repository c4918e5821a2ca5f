"""What the stand-in keeps of what a bot did, everything in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional

Json = dict[str, Any]


class MadeCall(NamedTuple):
    """A call of the Web API as it came in and was answered. `answer` is None where the connection was cut."""

    method: str
    arguments: Json
    token: str
    status: int
    answer: Optional[Json]
    at: float


@dataclass
class Record:
    """Everything that was accepted, by kind; `calls` also holds what was refused.

    `posts`, `ephemerals`, `updates`, `deletions`: the arguments, with `ts`, and `team` beside `channel`.
    `responses`: what was posted to response addresses, with `channel`, `user` and `team`.
    `views`: opened, pushed and updated modals, with `how` and `user`. `homes`: the last home tab by team and person.
    `statuses`, `prompts`, `titles`: the arguments; prompts with `shown`: whether Slack would show them.
    `revoked`: tokens given back. `warnings`: what Slack accepts and advises against, such as blocks without a text.
    `journal`: all of it in one order, each with its kind.
    """

    calls: list[MadeCall] = field(default_factory=list)
    posts: list[Json] = field(default_factory=list)
    ephemerals: list[Json] = field(default_factory=list)
    updates: list[Json] = field(default_factory=list)
    deletions: list[Json] = field(default_factory=list)
    responses: list[Json] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)
    homes: dict[tuple[str, str], Json] = field(default_factory=dict)
    statuses: list[Json] = field(default_factory=list)
    prompts: list[Json] = field(default_factory=list)
    titles: list[Json] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    journal: list[tuple[str, Json]] = field(default_factory=list)

    def keep(self, kind: str, entry: Json) -> None:
        """Keeps something accepted, under its kind and in the journal."""
        getattr(self, kind).append(entry)
        self.journal.append((kind, entry))

    def keep_home(self, team: str, user: str, view: Json) -> None:
        """Keeps somebody's home tab."""
        self.homes[team, user] = view
        self.journal.append(("homes", {"team": team, "user": user, "view": view}))

    def posts_in(self, channel: str) -> list[Json]:
        """Returns the messages posted to a channel."""
        return [post for post in self.posts if post["channel"] == channel]

    def calls_of(self, method: str) -> list[MadeCall]:
        """Returns the calls of a method, refused ones too."""
        return [call for call in self.calls if call.method == method]
