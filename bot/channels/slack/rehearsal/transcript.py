"""What a rehearsal shows: acknowledgements, and each message as people see it, as it is spoken, and as blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.slack.rehearsal.block_text import blocks_to_text, readable, view_to_text
from bot.channels.slack.rehearsal.wires import Acknowledgement

Json = Mapping[str, Any]

ANSWERS = ("posts", "ephemerals", "responses", "updates", "views", "homes")
"""The kinds of the journal that a person sees as an answer."""

TITLES = {
    "posts": "message in {channel}",
    "ephemerals": "message in {channel} that only {user} sees",
    "responses": "answer at the response address, {response_type}",
    "updates": "message in {channel} changed",
    "deletions": "message in {channel} deleted",
    "views": "modal for {user}: {how}",
    "homes": "home tab of {user}",
    "statuses": "status",
    "prompts": "suggested prompts",
    "titles": "title of the thread",
}


def acknowledgement_line(taken: Acknowledgement, retry: int) -> str:
    """Returns the line about an acknowledgement."""
    again = f" (repeat {retry})" if retry else ""
    if taken.status is None:
        return f"not acknowledged{again}: {taken.says}"
    return f"acknowledged{again}: {taken.status} in {taken.seconds * 1000:.0f} ms"


def entry_lines(kind: str, entry: Json, with_blocks: bool) -> Iterator[str]:
    """Yields the lines about one thing that Wenhao did in Slack."""
    where = f", thread {entry['thread_ts']}" if entry.get("thread_ts") else ""
    ts = f", ts {entry['ts']}" if entry.get("ts") else ""
    yield f"-- {TITLES[kind].format_map(_Known(entry))}{where}{ts}"
    if kind in ("views", "homes"):
        yield from _indented(view_to_text(entry["view"]))
        yield from _blocks(entry["view"], with_blocks)
    elif kind == "statuses":
        yield from _indented([entry["status"] or "(none any more)"])
    elif kind == "prompts":
        note = "" if entry["shown"] else "  (Slack would not show them: the agent view has no threads)"
        yield from _indented([f"[ {each['title']} ]" for each in entry["prompts"]] + ([note] if note else []))
    elif kind == "titles":
        yield from _indented([entry["title"]])
    elif kind != "deletions":
        yield from _message(entry, with_blocks)


def _message(entry: Json, with_blocks: bool) -> Iterator[str]:
    text = readable(entry.get("text") or "")
    blocks = entry.get("blocks")
    if not blocks:
        yield from _indented(text.split("\n") if text else ["(taken back)"])
        return
    yield from _indented(blocks_to_text(blocks))
    yield "   spoken:"
    yield from _indented(text.split("\n"))
    yield from _blocks({"blocks": blocks}, with_blocks)


def _blocks(shown: Json, with_blocks: bool) -> Iterator[str]:
    if with_blocks:
        yield "   blocks:"
        yield from _indented(json.dumps(shown["blocks"], ensure_ascii=False, indent=1).split("\n"))


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"   {line}".rstrip() for line in lines)


class _Known(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "?"
