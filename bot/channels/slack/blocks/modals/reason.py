"""Why an answer did not help."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.slack.blocks.elements import Block
from bot.channels.slack.blocks.modals.frame import labelled, modal
from bot.channels.words import say

REASON = "reason"
MOST_REASON_CHARACTERS = 2000


def reason_modal(language: str, carried: Mapping[str, object]) -> Block:
    """Returns the modal that opens with a thumb down."""
    words = {
        "title": say("slack.feedback.title", language),
        "submit": say("slack.feedback.send", language),
        "close": say("slack.feedback.cancel", language),
    }
    box = {"type": "plain_text_input", "multiline": True, "max_length": MOST_REASON_CHARACTERS}
    return modal(REASON, words, [labelled(REASON, say("slack.feedback.reason", language), box)], carried)
