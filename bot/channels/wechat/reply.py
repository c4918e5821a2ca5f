"""An answer to a follower, before it is known by which way it goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class TapMenu:
    """Lines to tap below an answer, each with the id that comes back.

    `instead` says the same as text, for an account whose menus WeChat does not take.
    """

    head: str
    items: tuple[tuple[str, str], ...]
    instead: str


@dataclass(frozen=True)
class Reply:
    """The texts of an answer in their order, and a menu to tap after them. Without any, nothing is to be said.

    The first text fits a passive reply; the others and the menu go out as customer service messages. With `transfer`
    the reply hands the follower's message to the people of the account, and all texts go out after it. `ending` is what
    the last text ends with and what is right only while nothing comes after it: numbers to reply with, for instance.
    """

    texts: tuple[str, ...] = ()
    menu: Optional[TapMenu] = None
    transfer: bool = False
    ending: str = ""

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages in their order, as data for the outbox."""
        texts: list[dict[str, Any]] = [{"text": text} for text in self.texts]
        if self.ending:
            texts[-1]["ending"] = self.ending
        return [*texts, {"menu": asdict(self.menu)}] if self.menu else texts

    @property
    def follow_ups(self) -> list[dict[str, Any]]:
        """The messages that go out after the passive reply."""
        return self.messages if self.transfer else self.messages[1:]

    def to_data(self) -> dict[str, Any]:
        """Returns the answer as the inbox keeps it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reply:
        """Reads an answer as the inbox kept it."""
        menu = data.get("menu")
        return cls(
            tuple(data.get("texts") or ()), menu and to_menu(menu), bool(data.get("transfer")), data.get("ending") or ""
        )


def to_keep(messages: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], str]:
    """Returns the texts of messages without their ending, and the ending."""
    endings = [message["menu"]["instead"] if "menu" in message else message.get("ending", "") for message in messages]
    texts = [message["text"].removesuffix(message.get("ending", "")) for message in messages if "text" in message]
    return tuple(texts), next(filter(None, endings), "")


def to_menu(data: Mapping[str, Any]) -> TapMenu:
    """Reads a menu to tap as it was kept."""
    return TapMenu(data["head"], tuple((item[0], item[1]) for item in data["items"]), data["instead"])
