"""The ways by which a post reaches a place, the best one first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.slack.blocks.posts import Post
from bot.channels.slack.place import Place

EVENT_TYPE = "wenhao_answer"
RESPONSE_URL = "response_url"
QUIETLY = {"unfurl_links": False, "unfurl_media": False}

# What Slack says of blocks that it does not take, and of messages that are too long.
ABOUT_BLOCKS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_attachments",
        "msg_blocks_too_long",
        "msg_too_long",
        "only_one_table_allowed",
    }
)


@dataclass(frozen=True)
class Route:
    """A method of the Web API with its arguments, or the response address."""

    method: str
    arguments: dict[str, Any]

    @property
    def is_visible(self) -> bool:
        """Whether the post can be found in the conversation afterwards."""
        return self.method == "chat.postMessage"


def routes(place: Place, post: Post, key: str, part: str) -> Iterator[Route]:
    """Yields the routes of a post; the next one is for where Slack refuses the one before."""
    said = {"text": post["text"], **({"blocks": post["blocks"]} if post["blocks"] else {})}
    if place.private:
        yield from _private(place, said)
        return
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key, "part": part}}
    thread = {"thread_ts": place.thread} if place.thread else {}
    yield Route("chat.postMessage", {"channel": place.channel, **thread, **said, **QUIETLY, "metadata": metadata})
    if place.response_url:
        # Slack takes it where Wenhao is no member of the channel.
        yield Route(RESPONSE_URL, {**said, **thread, "response_type": "in_channel", "replace_original": False})


def _private(place: Place, said: Mapping[str, Any]) -> Iterator[Route]:
    # In a thread that is not there yet nobody would see it: docs.slack.dev/reference/methods/chat.postEphemeral/
    thread = {"thread_ts": place.thread} if place.thread and place.is_thread else {}
    if place.response_url:
        yield Route(RESPONSE_URL, {**said, **thread, "response_type": "ephemeral", "replace_original": False})
    yield Route("chat.postEphemeral", {"channel": place.channel, "user": place.user, **thread, **said})


def in_public(place: Place) -> Place:
    """Returns the same place for everybody to see."""
    return replace(place, private=False)


def to_one(place: Place, user: str) -> Place:
    """Returns the same place for one person alone to see."""
    return replace(place, private=True, user=user)
