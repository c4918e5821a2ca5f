"""One thing to do, as the inbox keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack.place import Place

Data = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """What is to be done and where it was asked for, the language of Wenhao's own words, and what else it needs."""

    kind: str
    place: Place
    language: str
    data: Data = field(default_factory=dict)

    def to_data(self) -> Data:
        """Returns the job as the inbox keeps it."""
        return {"kind": self.kind, "place": self.place.to_data(), "language": self.language, "data": self.data}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Job:
        """Reads a job as it was kept."""
        return cls(data["kind"], Place.from_data(data["place"]), data["language"], dict(data["data"]))
