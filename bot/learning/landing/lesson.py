"""A lesson: one thing learned, as it stands on a line of data/learned/lessons.jsonl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Mapping, Optional

Kind = Literal["example", "golden", "intent"]


@dataclass(frozen=True)
class Lesson:
    """An example to train on, a question to measure on ("golden"), or a new intent (`draft` as data, no text).

    `batch` is the landing that brought it, `when` an ISO time in UTC, `why` the reason of the one who landed it, and
    `message` the text it comes from ("text-123"), empty for an intent.
    """

    id: str
    batch: str
    kind: Kind
    language: str
    text: str
    intent: str
    who: str
    when: str
    why: str
    message: str
    draft: Optional[Mapping[str, Any]] = None

    @property
    def text_id(self) -> Optional[int]:
        """The id of the text it comes from."""
        return int(self.message[5:]) if self.message.startswith("text-") else None
