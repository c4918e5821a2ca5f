"""The digest: the highest groups of what waits for review, each with a typical question in its asker's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.channels.slack.blocks.elements import Block, header, section
from bot.channels.slack.blocks.limits import MOST_SECTION_CHARACTERS
from bot.channels.slack.blocks.mrkdwn import clip, escape, link, quote
from bot.channels.slack.blocks.posts import Post, to_posts
from bot.channels.slack.review import AskedGroup, OpenReview
from bot.channels.words import say

MOST_EXAMPLE_CHARACTERS = 300
MOST_NAME_CHARACTERS = 60


def digest_posts(groups: Sequence[AskedGroup], review: OpenReview, language: str) -> list[Post]:
    """Returns the digest in a language, as one post unless Slack takes not all of it in one."""
    title = say("slack.digest.title", language)
    return to_posts([header(title), *_blocks(groups, review, language)], title)


def _blocks(groups: Sequence[AskedGroup], review: OpenReview, language: str) -> Iterator[Block]:
    for group in groups:
        people, messages = f"{group.people:,}", f"{group.messages:,}"
        figures = escape(say("slack.digest.figures", language, people=people, messages=messages))
        name = clip(group.name, MOST_NAME_CHARACTERS).replace("*", "").replace("`", "")
        yield section(f"*{name}* · {figures}")
        # In the asker's words, which are no markup, mention or link here.
        yield from map(section, quote(group.example[:MOST_EXAMPLE_CHARACTERS], MOST_SECTION_CHARACTERS))
    waiting = escape(say("slack.digest.waiting", language, count=f"{review.count:,}"))
    opened = link(say("slack.digest.open_review", language), review.url, MOST_SECTION_CHARACTERS) if review.url else ""
    yield section(f"{waiting} {opened}".strip())
