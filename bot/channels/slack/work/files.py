"""Files and pictures: Wenhao says that it does not read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.slack.blocks.posts import to_post
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Returns what to say of files; nothing while a person is at work there."""
    if await desk.cases.get(job.place.conversation):
        return {"posts": []}
    words = "slack.files.with_words" if job.data["has_words"] else "slack.files.alone"
    return {"posts": [to_post(say(words, job.language))]}
