"""A person's decisions on texts, groups and drafts. Each is appended to the actions, and can be undone.

Undoing is `bot.learning.landing.undo`: a decision that was landed has files to take back too.
"""

from bot.learning.deciding.decided import Batch, Decided, Seen
from bot.learning.deciding.draft_checks import Fault, check_draft
from bot.learning.deciding.draft_preview import preview
from bot.learning.deciding.drafting import StoredDraft, change_draft, drafts, drop_draft, make_draft, read_draft
from bot.learning.deciding.errors import DecisionError, Other, StaleDecisionError
from bot.learning.deciding.groups import merge, move, rename, split
from bot.learning.deciding.history import batches, history_of
from bot.learning.deciding.names import intents, names_taken
from bot.learning.deciding.redacting import redact
from bot.learning.deciding.texts import OUT_OF_SCOPE, ignore, label, reopen, seen_in_group, seen_now, skip

__all__ = [
    "OUT_OF_SCOPE",
    "Batch",
    "Decided",
    "DecisionError",
    "Fault",
    "Other",
    "Seen",
    "StaleDecisionError",
    "StoredDraft",
    "batches",
    "change_draft",
    "check_draft",
    "drafts",
    "drop_draft",
    "history_of",
    "ignore",
    "intents",
    "label",
    "make_draft",
    "merge",
    "move",
    "names_taken",
    "preview",
    "read_draft",
    "redact",
    "rename",
    "reopen",
    "seen_in_group",
    "seen_now",
    "skip",
    "split",
]
