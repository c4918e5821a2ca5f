"""Drafts of new intents in the review database: kept as they are typed, complete or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from bot.learning.database import ReviewDatabase
from bot.learning.deciding.decided import Decided, Seen
from bot.learning.drafts import Draft
from bot.settings import Settings


@dataclass(frozen=True)
class StoredDraft:
    """A draft as it is kept. `state` is "open" or "landed"."""

    id: int
    draft: Draft
    state: str
    made_by: str
    made_at: float
    version: int


def make_draft(
    database: ReviewDatabase, settings: Settings, draft: Draft, who: str, seen: Optional[Seen] = None
) -> Decided:
    """Keeps a new draft, which needs a name; with `seen`, these texts are accepted into its intent in the same batch.

    Raises StaleDecisionError; DecisionError where the name is no name, or is taken.
    """
    raise NotImplementedError


def change_draft(
    database: ReviewDatabase, settings: Settings, draft_id: int, version: int, draft: Draft, who: str
) -> Decided:
    """Keeps a draft as it is now. Another name takes along the texts that were accepted into it.

    Raises StaleDecisionError; DecisionError where there is no such open draft, or the new name is taken or none.
    """
    raise NotImplementedError


def drop_draft(database: ReviewDatabase, draft_id: int, version: int, who: str) -> Decided:
    """Gives a draft up; texts accepted into it are undecided again. Raises StaleDecisionError, DecisionError."""
    raise NotImplementedError


def read_draft(database: ReviewDatabase, draft_id: int) -> StoredDraft:
    """Returns a draft. Raises DecisionError where there is none."""
    raise NotImplementedError


def drafts(database: ReviewDatabase, state: str = "open") -> list[StoredDraft]:
    """Returns the drafts in a state, in the order of their names."""
    raise NotImplementedError
