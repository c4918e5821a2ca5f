"""How Wenhao behaves in a channel, as the people there set it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot.channels.slack.state.lives import YEARS
from bot.state import Store

LANGUAGES = ("auto", "zh", "en")
VISIBLE = ("commands", "all", "none")


@dataclass(frozen=True)
class ChannelSettings:
    """`mention_only`: new posts are answered only with a mention. `threads`: follow-ups need none.

    `visible` says which answers only the asker sees first: those to commands, all, or none. `language` is what Wenhao
    speaks there: auto, zh or en. `silent`: nothing is answered there but commands.
    """

    mention_only: bool = True
    threads: bool = True
    visible: str = "commands"
    language: str = "auto"
    silent: bool = False

    def is_private(self, is_command: bool) -> bool:
        """Whether only the asker sees an answer first."""
        return self.visible == "all" or (is_command and self.visible == "commands")


class SettingsBook:
    """The settings of every channel in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, team: str, channel: str) -> ChannelSettings:
        """Returns a channel's settings, or those of a channel where nobody set any."""
        text = await self._store.get(_key(team, channel))
        return ChannelSettings() if text is None else ChannelSettings(**json.loads(text))

    async def put(self, team: str, channel: str, settings: ChannelSettings) -> None:
        """Keeps a channel's settings."""
        await self._store.put(_key(team, channel), json.dumps(asdict(settings)), YEARS)


def _key(team: str, channel: str) -> str:
    return f"slack:settings:{team}:{channel}"
