"""One message in the inbox, and how far its answer has come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any, Optional


class State(str, Enum):
    """SEEN, then ANSWERING, then ANSWERED, then DELIVERING where the inbox hands the answer over, then DELIVERED."""

    SEEN = "seen"
    ANSWERING = "answering"
    ANSWERED = "answered"
    DELIVERING = "delivering"
    DELIVERED = "delivered"

    @property
    def has_answer(self) -> bool:
        return self in (State.ANSWERED, State.DELIVERING, State.DELIVERED)

    @property
    def is_worked_on(self) -> bool:
        return self in (State.ANSWERING, State.DELIVERING)


@dataclass(frozen=True)
class Item:
    """A message as data, and its answer as data once there is one; what is in them is the channel's affair.

    `since` is when the first delivery came, `tries` how many came. While somebody works on it, `owner` says who and
    `lease` until when that counts; `attempts` is how often work on the present step was begun, so that more than one
    tells of work that was cut off. `way` is how the answer went out, in the channel's own words. Times are seconds
    since 1970.
    """

    key: str
    message: dict[str, Any]
    since: float
    state: State = State.SEEN
    answer: Optional[dict[str, Any]] = None
    tries: int = 1
    owner: str = ""
    lease: float = 0.0
    attempts: int = 0
    way: str = ""

    def is_free(self, now: float) -> bool:
        """Whether nobody works on it, or somebody that has not been heard of for too long."""
        return not self.state.is_worked_on or self.lease <= now

    def to(self, state: State, **changes: Any) -> Item:
        """Returns the item in another state, with nobody at work on it."""
        return replace(self, **{"state": state, "owner": "", "lease": 0.0, "attempts": 0, **changes})

    def to_json(self) -> str:
        """Returns the item as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Item:
        """Reads an item as it was kept."""
        fields = json.loads(text)
        return cls(**{**fields, "state": State(fields["state"])})
