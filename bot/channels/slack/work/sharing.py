"""An answer that only the asker saw, posted for the whole channel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.channels.slack.blocks.answer import Setting, answer_posts
from bot.channels.slack.blocks.case import person
from bot.channels.slack.blocks.elements import context
from bot.channels.slack.blocks.posts import Post, to_post
from bot.channels.slack.delivery.routes import in_public
from bot.channels.slack.place import Place
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Returns the answer's posts as everybody may see them; none where it is kept no longer."""
    item = await desk.inbox.answer(job.data["about"], 0)
    if item is None or item.answer is None or "messages" not in item.answer:
        return {"posts": []}
    kept = item.answer
    place = Place.from_data(kept["place"])
    setting = Setting(item.key, place.conversation, kept["language"], asked=kept["asked"])
    setting = replace(setting, can_call=bool(desk.credentials.person_channel))
    posts = [post for message in kept["messages"] for post in answer_posts(message, setting)]
    by = context(say("slack.shared_by", kept["language"], person=person(job.place.user)))
    return {"posts": [*posts[:-1], _with(posts[-1], by)]}


async def deliver(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Posts them in the channel, or says why not."""
    if not answer["posts"]:
        await desk.poster.post(key, "told", job.place, to_post(say("slack.too_old_to_share", job.language)))
        return
    place = in_public(job.place)
    for number, post in enumerate(answer["posts"]):
        if not await desk.poster.post(key, str(number), place, post):
            await desk.poster.post(key, "told", job.place, to_post(say("slack.cannot_share", job.language)))
            return
    first = await desk.poster.sent(key, "0")
    if first and not place.thread:
        await desk.threads.join(place.team, place.channel, first, place.conversation)


def _with(post: Post, block: dict[str, object]) -> Post:
    simpler = [*post["simpler"][:-1], _with(post["simpler"][-1], block)] if post["simpler"] else []
    return {**post, "blocks": [*post["blocks"], block], "simpler": simpler}
