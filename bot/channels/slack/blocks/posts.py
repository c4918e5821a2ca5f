"""Posts: what chat.postMessage takes, within its limits.

https://docs.slack.dev/reference/methods/chat.postMessage/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.channels.slack.blocks.elements import Block, section, size
from bot.channels.slack.blocks.limits import MOST_BLOCKS, MOST_FALLBACK_CHARACTERS, MOST_MESSAGE_CHARACTERS
from bot.channels.slack.blocks.mrkdwn import clip
from bot.channels.slack.blocks.table import is_table, without_table

Post = dict[str, Any]
"""`text`, `blocks`, and in `simpler` the posts that stand in for it where Slack takes not its blocks."""


MOST_TITLE = 300


def to_posts(blocks: Sequence[Block], text: str) -> list[Post]:
    """Returns blocks as posts: one, unless they are beyond what Slack takes in one. `text` is what all of it says."""
    posts = [_post(batch) for batch in _batches(blocks)]
    if posts and text.strip():
        posts[0]["text"] = clip(text, MOST_FALLBACK_CHARACTERS)
    return posts


def to_post(words: str, *below: Block) -> Post:
    """Returns a few words in Slack's markup, with blocks below them, as one post."""
    return {"text": words, "blocks": [section(words), *below], "simpler": []}


def _post(batch: list[Block]) -> Post:
    # Not every workspace and client takes tables: these say the same in text.
    simpler = [_post(plain) for plain in _batches(without_table(batch))] if any(map(is_table, batch)) else []
    return {"text": _spoken(batch), "blocks": batch, "simpler": simpler}


def _batches(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    batch: list[Block] = []
    length = 0
    for block in blocks:
        is_second_table = is_table(block) and any(map(is_table, batch))
        if batch and (len(batch) == MOST_BLOCKS or length + size(block) > MOST_MESSAGE_CHARACTERS or is_second_table):
            yield batch
            batch, length = [], 0
        batch.append(block)
        length += size(block)
    if batch:
        yield batch


def _spoken(blocks: Sequence[Block]) -> str:
    """What a notification says of blocks that go on from an earlier message: the first words in them."""
    first = blocks[0]
    if is_table(first):
        return clip(" · ".join(filter(None, (cell["text"].strip() for cell in first["rows"][0]))), MOST_TITLE)
    found: Any = first.get("text") or first["elements"][0]
    while not isinstance(found, str):
        found = found.get("text") or found["positive_button"]
    return found
