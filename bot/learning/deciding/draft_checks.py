"""Whether a draft is complete and right, said field by field in plain words, fast enough to say it while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Optional

from bot.learning.drafts import Draft
from bot.settings import Settings


@dataclass(frozen=True)
class Fault:
    """What is missing or wrong in a field. `field` is its path in the draft's data, such as `rows.0.answer.zh`."""

    field: str
    message: str


def check_draft(settings: Settings, draft: Draft, taken: Mapping[str, str] = {}) -> list[Fault]:
    """Returns what is missing or wrong, by the order of the fields: nothing where the draft can land.

    The rule table's own checks run on the table as it stands with the draft in it. `taken` are names that something
    outside the project has (other drafts: `names_taken`), each with what has it.
    """
    raise NotImplementedError


def preview(settings: Settings, draft: Draft) -> dict[str, Optional[str]]:
    """Returns the answer to the draft's question in each language ("en", "zh"), worded as the consultant will.

    None for both where the draft's rows have faults that keep the table from being read.
    """
    raise NotImplementedError
