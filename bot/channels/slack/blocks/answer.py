"""The bot's replies in Slack: answer, source, what changed since, and what to do next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from bot.channels.slack.blocks.elements import Block, actions, button, context, section, sections, small_print
from bot.channels.slack.blocks.limits import (
    MOST_CONTEXT_CHARACTERS,
    MOST_SECTION_CHARACTERS,
    MOST_VALUE_CHARACTERS,
)
from bot.channels.slack.blocks.mrkdwn import clip, link, quote
from bot.channels.slack.blocks.posts import Post, to_posts
from bot.channels.slack.blocks.table import table_blocks
from bot.channels.words import say

MOST_SUGGESTIONS = 3
MOST_CHOICES = 10
MOST_TITLE_CHARACTERS = 200

# What pressing does.
SUGGESTION = "suggestion_"
FEEDBACK = "feedback"
SHARE = "share"
PERSON = "person"


@dataclass(frozen=True)
class Setting:
    """What goes with an answer.

    `about` names the answered message; `asked` is the question where nobody sees it otherwise; with `can_share` the
    answer is one that only the asker sees; with `can_call` there are people to call. `plan_url` is where the plan that
    belongs to the answer can be read.
    """

    about: str
    conversation: str
    language: str
    asked: str = ""
    can_share: bool = False
    can_call: bool = False
    plan_url: str = ""


def answer_posts(message: Mapping[str, Any], setting: Setting) -> list[Post]:
    """Returns a bot message as posts. None where it says nothing."""
    reply = message.get("custom") or {}
    text = reply.get("reply") or message.get("text") or ""
    body = list(_body(reply.get("parts") or [], text))
    below = list(_below(reply, message.get("buttons") or [], setting))
    if not body and not message.get("buttons"):
        return []
    above = [small_print(say("slack.asked", setting.language, question=setting.asked))] if setting.asked.strip() else []
    return to_posts([*above, *body, *below], text)


def _body(parts: Sequence[Mapping[str, Any]], text: str) -> Iterator[Block]:
    if not parts:
        yield from sections(text)
    for part in parts:
        title = part.get("title") if len(parts) > 1 else None
        yield from _part(part, title)


def _part(part: Mapping[str, Any], title: Optional[str]) -> Iterator[Block]:
    if title:
        yield section(f"*{clip(title, MOST_TITLE_CHARACTERS)}*")
    yield from sections("\n".join(filter(None, [part["lead"], part.get("reason")])))
    if part.get("table"):
        yield from table_blocks(part["table"])
    source = part.get("source")
    if source and source["text"].strip():
        yield context(link(source["text"], source.get("url"), MOST_CONTEXT_CHARACTERS))
    for piece in quote("\n".join(part.get("changes") or []), MOST_SECTION_CHARACTERS):
        yield section(piece)


def _below(reply: Mapping[str, Any], buttons: Sequence[Mapping[str, str]], setting: Setting) -> Iterator[Block]:
    if setting.plan_url:
        yield section(link(say("slack.plan", setting.language), setting.plan_url, MOST_SECTION_CHARACTERS))
    understood = reply.get("understood", True)
    is_offered = setting.can_call and reply.get("person") == "offered"
    if is_offered:
        yield from sections(say("slack.person.offered", setting.language))
        yield actions(_person(setting, "primary"))
    # Where Wenhao asks, the buttons are the choices and not only what else could be asked.
    row = list(_suggestions(buttons, MOST_SUGGESTIONS if reply.get("parts") else MOST_CHOICES))
    if setting.can_call and not is_offered and (reply.get("parts") or not understood):
        row.append(_person(setting, None))
    if setting.can_share:
        row.append(button(SHARE, say("slack.share", setting.language), setting.about))
    if row:
        yield actions(*row)
    if reply.get("parts"):
        yield _feedback(setting)


def _suggestions(suggestions: Sequence[Mapping[str, str]], most: int) -> Iterator[Block]:
    # A question that Slack would cut is no longer that question.
    whole = [each for each in suggestions if each["title"] and 0 < len(each["payload"]) <= MOST_VALUE_CHARACTERS]
    for number, each in enumerate(whole[:most], start=1):
        yield button(f"{SUGGESTION}{number}", each["title"], each["payload"])


def _person(setting: Setting, style: Optional[str]) -> Block:
    return button(PERSON, say("slack.person.ask", setting.language), setting.about, style)


def _feedback(setting: Setting) -> Block:
    """https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element/"""
    about = {"about": setting.about, "conversation": setting.conversation}
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": FEEDBACK,
                "positive_button": _thumb("solved", about, setting.language),
                "negative_button": _thumb("unsolved", about, setting.language),
            }
        ],
    }


def _thumb(verdict: str, about: Mapping[str, str], language: str) -> Block:
    return {
        "text": {"type": "plain_text", "text": say(f"slack.feedback.{verdict}", language)},
        "accessibility_label": say(f"slack.feedback.{verdict}_label", language),
        "value": json.dumps({"verdict": verdict, **about}, separators=(",", ":")),
    }
