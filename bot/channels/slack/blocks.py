"""Replies as Slack messages in Block Kit.

https://docs.slack.dev/reference/block-kit/blocks/
"""

from __future__ import annotations

import json
from typing import Any, Iterable, Iterator, Mapping, Sequence

from bot.channels.slack.mrkdwn import align, clip, link, split

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_SECTION_CHARACTERS = 3000
MOST_CONTEXT_CHARACTERS = 2000
MOST_BUTTON_CHARACTERS = 75
MOST_VALUE_CHARACTERS = 2000
# Slack refuses some 13,200 characters of blocks (`msg_blocks_too_long`) and advises 4,000 of text.
MOST_MESSAGE_CHARACTERS = 12_000
MOST_FALLBACK_CHARACTERS = 4000

MOST_SUGGESTIONS = 3
MOST_CHOICES = 4
SUGGESTION = "suggestion_"
FENCE = "```"


def to_posts(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns a bot message as arguments of chat.postMessage: one, unless it is beyond what Slack takes in one.

    https://docs.slack.dev/reference/methods/chat.postMessage/
    """
    reply = message.get("custom") or {}
    text = reply.get("reply") or message.get("text") or ""
    # Where it asks back, the buttons are the choices and not only what else could be asked.
    most = MOST_SUGGESTIONS if reply.get("understood", True) else MOST_CHOICES
    blocks = [*_body(reply.get("parts") or [], text), *_buttons(message.get("buttons") or [], most)]
    posts = [{"text": _spoken(batch), "blocks": batch} for batch in _batches(blocks)]
    if posts and text.strip():
        posts[0]["text"] = clip(text, MOST_FALLBACK_CHARACTERS)
    return posts


def _body(parts: Sequence[Mapping[str, Any]], text: str) -> Iterator[Block]:
    if not parts:
        yield from _sections([text])
    for part in parts:
        yield from _part(part)


def _part(part: Mapping[str, Any]) -> Iterator[Block]:
    yield from _sections([part["lead"], part.get("reason")])
    if part.get("table"):
        yield from _table(part["table"])
    source = part.get("source")
    if source and source["text"]:
        yield _context(link(source["text"], source.get("url"), MOST_CONTEXT_CHARACTERS))
    yield from _sections(part.get("changes") or [])


def _sections(lines: Iterable[str | None]) -> Iterator[Block]:
    for piece in split("\n".join(filter(None, lines)), MOST_SECTION_CHARACTERS):
        yield _section(piece)


def _table(table: Mapping[str, Any]) -> Iterator[Block]:
    # A code block, since Slack takes no more than one block of type `table` in a message.
    lines = align([table["columns"], *table["rows"]])
    for piece in split(lines, MOST_SECTION_CHARACTERS - 2 * len(f"{FENCE}\n")):
        yield _section(f"{FENCE}\n{piece}\n{FENCE}")


def _section(text: str) -> Block:
    return {"type": "section", "text": _text(text)}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_text(text)]}


def _text(text: str) -> Block:
    # Verbatim, so that Slack makes no mention or link of what is none.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _buttons(suggestions: Sequence[Mapping[str, str]], most: int) -> Iterator[Block]:
    # A question that Slack would cut is no longer that question.
    whole = [each for each in suggestions if each["title"] and 0 < len(each["payload"]) <= MOST_VALUE_CHARACTERS]
    if whole:
        yield {"type": "actions", "elements": [_button(*numbered) for numbered in enumerate(whole[:most], start=1)]}


def _button(number: int, suggestion: Mapping[str, str]) -> Block:
    return {
        "type": "button",
        "action_id": f"{SUGGESTION}{number}",
        "text": {"type": "plain_text", "text": clip(suggestion["title"], MOST_BUTTON_CHARACTERS)},
        "value": suggestion["payload"],
    }


def _batches(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    batch: list[Block] = []
    size = 0
    for block in blocks:
        length = len(json.dumps(block, ensure_ascii=False))
        if batch and (len(batch) == MOST_BLOCKS or size + length > MOST_MESSAGE_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(block)
        size += length
    if batch:
        yield batch


def _spoken(blocks: Sequence[Block]) -> str:
    """What a notification says of blocks that go on from an earlier message: the first words in them."""
    first = blocks[0]
    text: Any = first.get("text") or first["elements"][0]
    while not isinstance(text, str):
        text = text["text"]
    return text
