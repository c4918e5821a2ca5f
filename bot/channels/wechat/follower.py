"""What the channel keeps of a follower between two messages: what is still to be handed over, and who talks to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Optional

from bot.state import Store
from bot.state.store import DAY, update

LIFE = 30 * DAY


@dataclass(frozen=True)
class Kept:
    """Texts that wait for the follower's next message.

    `about` is the key of the message that they answer, `taken_by` that of the message whose answer they went into: a
    second try at that answer finds them again. `ending` belongs below them where nothing else comes after them.
    """

    about: str
    texts: tuple[str, ...]
    taken_by: str = ""
    ending: str = ""

    def is_for(self, key: str) -> bool:
        return self.taken_by in ("", key)


@dataclass(frozen=True)
class Follower:
    """One follower of one account. Times are seconds since 1970.

    `late` are answers that could not be sent in time, `rest` is what was left of the last answer. `answered` is the key
    of the last message that got an answer from the rules, until the follower said whether it helped. `asked` is the
    last message in words, for whoever takes over; `with_person` until when a person is in charge of the follower, and
    `awaited` until when the follower's next message is to be handed to one. `scene` is the QR code they came by.
    """

    late: tuple[Kept, ...] = ()
    rest: Optional[Kept] = None
    answered: str = ""
    asked: str = field(default="", repr=False)
    with_person: float = 0.0
    awaited: float = 0.0
    language: str = ""
    scene: str = ""

    def with_late(self, about: str, texts: tuple[str, ...], ending: str = "") -> Follower:
        """Keeps a late answer, once."""
        others = tuple(kept for kept in self.late if kept.about != about)
        return replace(self, late=(*others, Kept(about, texts, ending=ending)))

    def waits_for(self, key: str) -> bool:
        """Whether there is a late answer that may go into the answer to a message."""
        return any(kept.is_for(key) for kept in self.late)

    def taking_late(self, key: str, about: str = "") -> Follower:
        """Marks the late answers (or the one `about` a message) as gone into the answer to a message.

        Those that went into earlier ones are gone. Pages that were still to come of one of them go with it.
        """
        rest = self.rest if self.rest and not self.rest.taken_by else None
        joined = False

        def take(kept: Kept) -> Kept:
            nonlocal joined
            if about not in ("", kept.about):
                return kept
            if rest is not None and rest.about == kept.about and not kept.taken_by:
                joined = True
                return Kept(kept.about, (*kept.texts, *rest.texts), key)
            return replace(kept, taken_by=key)

        late = tuple(take(kept) for kept in self.late if kept.is_for(key))
        return replace(self, late=late, rest=None if joined else self.rest)

    def taking_rest(self, key: str) -> Follower:
        """Marks one more page of the rest as gone into the answer to a message."""
        rest = self.rest
        if rest is None or rest.taken_by == key:
            return self
        left = rest.texts[1:] if rest.taken_by else rest.texts
        return replace(self, rest=Kept(rest.about, left, key) if left else None)


class Followers:
    """The followers in a store. `account` is the account's own id in a message."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, account: str, sender: str) -> Follower:
        """Returns a follower, a blank one where nothing is kept."""
        return await self.change(account, sender, lambda follower: follower)

    async def change(self, account: str, sender: str, change: Callable[[Follower], Follower]) -> Follower:
        """Changes a follower, over all processes one after the other. `change` may be called several times."""
        return _read(await update(self._store, _place(account, sender), lambda data: _changed(data, change), LIFE))

    async def forget(self, account: str, sender: str) -> None:
        """Forgets everything of a follower who left."""
        await self._store.remove(_place(account, sender))


def _place(account: str, sender: str) -> str:
    return f"wechat:follower:{account}:{sender}"


def _changed(data: Optional[dict[str, Any]], change: Callable[[Follower], Follower]) -> Optional[dict[str, Any]]:
    follower = change(_read(data))
    return None if follower == Follower() else asdict(follower)


def _read(data: Optional[dict[str, Any]]) -> Follower:
    if data is None:
        return Follower()
    rest = data["rest"] and _kept(data["rest"])
    return Follower(**{**data, "late": tuple(_kept(each) for each in data["late"]), "rest": rest})


def _kept(data: dict[str, Any]) -> Kept:
    return Kept(**{**data, "texts": tuple(data["texts"])})
