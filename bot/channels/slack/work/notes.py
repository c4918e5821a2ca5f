"""A few words of Wenhao's own, and the delivery of posts that need no more than to be posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.slack.blocks.posts import to_post
from bot.channels.slack.place import Place
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Returns the words that the job names."""
    return {"posts": [to_post(say(job.data["words"], job.language))]}


async def deliver(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Posts an answer's posts in their order."""
    place = Place.from_data(answer["place"]) if "place" in answer else job.place
    for number, post in enumerate(answer["posts"]):
        await desk.poster.post(key, str(number), place, post)
