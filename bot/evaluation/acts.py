"""What the bot did with a message: answered, asked back, refused, or talked."""

from __future__ import annotations

from enum import Enum
from typing import Any, Mapping

from actions.rule_table.phrases import Phrases
from actions.wording.script import to_traditional


class Act(str, Enum):
    """What a reply does. The values are the names in tables and in files of results."""

    ANSWERED = "answered"
    ANSWERED_MORE = "answered several"
    ASKED_BACK = "asked back"
    REFUSED = "refused"
    TALKED = "talked"
    FAILED = "failed"


# The stand-alone replies of phrases.yml that are no talk.
REPLIES = {
    "out_of_scope": Act.REFUSED,
    "ask_back": Act.ASKED_BACK,
    "ask_back_open": Act.ASKED_BACK,
    "which_subject": Act.ASKED_BACK,
    "failed": Act.FAILED,
}


def known_replies(phrases: Phrases) -> dict[str, Act]:
    """Returns the texts that tell what a reply without an answer does, in both languages and scripts."""
    acts: dict[str, Act] = {}
    for name, act in REPLIES.items():
        wording = phrases.replies[name]
        acts.update({wording.en: act, wording.zh: act, to_traditional(wording.zh): act})
    return acts


def topics_in(reply: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns the topics that a reply answers."""
    return tuple(dict.fromkeys(part["topic"] for part in reply["parts"]))


def act_of(reply: Mapping[str, Any], known: Mapping[str, Act]) -> Act:
    """Returns what a reply does."""
    topics = topics_in(reply)
    if topics:
        return Act.ANSWERED_MORE if len(topics) > 1 else Act.ANSWERED
    return known.get(reply["reply"], Act.TALKED)
