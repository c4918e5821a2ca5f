"""What can be in the way of a landing. Nothing was changed where one of these is raised.

LandingError
  LandingBlockedError  what should land has faults: a line for each
  FilesChangedError    a file that the program owns was changed by hand
  LessonsError    data/learned/lessons.jsonl can't be read
  LandingBusyError     another process is landing
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from bot.errors import WenhaoError

MOST_SHOWN = 20


class LandingError(WenhaoError):
    """Nothing was landed or taken back; the message says why and what to do."""


class FilesChangedError(LandingError):
    """A file that is written by the program alone was changed by hand."""


class LessonsError(LandingError):
    """The lessons can't be read; the message names file and line."""


class LandingBusyError(LandingError):
    """Another process is landing."""


@dataclass(frozen=True)
class Block:
    """A reason not to land. `text` and `draft` are the ids of what it is about, `field` is the draft's."""

    message: str
    text: Optional[int] = None
    draft: Optional[int] = None
    field: str = ""

    def __str__(self) -> str:
        return self.message


class LandingBlockedError(LandingError):
    """What should land has faults. `blocks` has them all."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(blocks)
        lines = [
            f"nothing was landed, {len(self.blocks)} to mend:",
            *(f"  {each}" for each in self.blocks[:MOST_SHOWN]),
        ]
        if len(self.blocks) > MOST_SHOWN:
            lines.append(f"  and {len(self.blocks) - MOST_SHOWN} more")
        super().__init__("\n".join(lines))
