"""The conversations in which a person was called, and Wenhao keeps silent."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Optional

from bot.channels.slack.place import Place
from bot.state import Store
from bot.state.store import update


@dataclass(frozen=True)
class Case:
    """One call for a person, with its message `post` in the operators' `channel`.

    `taken_by` is the operator who took it over and `taken_in` the press that did, `settled_by` and `settled_in` are who
    ended it: so that of several presses one counts, also where its work is done a second time after a restart.
    """

    place: dict[str, Any]
    language: str
    channel: str
    post: str
    taken_by: str = ""
    taken_in: str = ""
    settled_by: str = ""
    settled_in: str = ""

    @property
    def asked_from(self) -> Place:
        """Where the person is that asked."""
        return Place.from_data(self.place)


class Cases:
    """The cases in the store. Each ends when it is settled, or so many seconds after somebody last did something."""

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds

    async def open(self, case: Case) -> None:
        """Opens a case: Wenhao is silent in its conversation from now on."""
        await self._store.put(_key(case.asked_from.conversation), json.dumps(asdict(case)), self._seconds)

    async def get(self, conversation: str) -> Optional[Case]:
        """Returns the open case of a conversation, or None."""
        text = await self._store.get(_key(conversation))
        case = None if text is None else Case(**json.loads(text))
        return case if case and not case.settled_by else None

    async def take(self, conversation: str, operator: str, press: str) -> Optional[Case]:
        """Gives a case to an operator, unless another has it. Returns the case, or None where it was over before."""
        return await self._change(conversation, press, {"taken_by": operator, "taken_in": press}, "taken_in")

    async def settle(self, conversation: str, person: str, press: str) -> Optional[Case]:
        """Ends a case: Wenhao answers again. Returns the case, or None where it was over before."""
        return await self._change(conversation, press, {"settled_by": person, "settled_in": press}, "settled_in")

    async def _change(self, conversation: str, press: str, new: dict[str, str], once: str) -> Optional[Case]:
        def change(kept: Optional[dict[str, Any]]) -> Optional[dict[str, Any]]:
            return kept if kept is None or kept["settled_in"] or kept[once] else {**kept, **new}

        kept = await update(self._store, _key(conversation), change, self._seconds)
        if kept is None or kept["settled_in"] not in ("", press):
            return None
        return Case(**kept)


def _key(conversation: str) -> str:
    return f"slack:case:{conversation}"
