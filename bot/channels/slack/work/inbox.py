"""The channel's inbox: which part of the channel does which job, and what is said where one goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.channels.slack.blocks.posts import to_post
from bot.channels.slack.work import calling, cases, feedback, files, notes, question, sharing
from bot.channels.slack.work.job import Data, Job
from bot.channels.slack.workspaces import NotInstalledError
from bot.channels.words import say
from bot.inbox import Inbox, Item

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk

logger = logging.getLogger(__name__)

# Some three hours of trying, at ever longer intervals.
MOST_DELIVERIES = 12

# To work on a message is mostly to compute: more at a time would only hold up the requests that come in meanwhile.
WORKERS = 4

Work = Callable[["Desk", str, Job], Awaitable[Data]]
Deliver = Callable[["Desk", str, Job, Data], Awaitable[None]]

KINDS: dict[str, tuple[Work, Deliver]] = {
    "question": (question.work, question.deliver),
    "files": (files.work, notes.deliver),
    "note": (notes.work, notes.deliver),
    "feedback": (feedback.work, notes.deliver),
    "share": (sharing.work, sharing.deliver),
    "person": (calling.work, calling.deliver),
    "take": (cases.take, cases.deliver_taken),
    "resolve": (cases.settle, cases.deliver_resolved),
    "back": (cases.settle, cases.deliver_back),
}


def make_inbox(desk: Desk) -> Inbox:
    """Returns the inbox of a channel; several processes over one store have one together."""

    async def work(item: Item) -> Data:
        job = Job.from_data(item.message)
        return await KINDS[job.kind][0](desk, item.key, job)

    async def deliver(item: Item) -> str:
        job = Job.from_data(item.message)
        assert item.answer is not None
        step = notes.deliver if item.answer.get("apology") else KINDS[job.kind][1]
        try:
            await step(desk, item.key, job, item.answer)
        except NotInstalledError:
            return "not installed"
        except Exception:
            if item.attempts < MOST_DELIVERIES:
                raise
            logger.exception("An answer in Slack is given up after %d tries.", item.attempts)
            return "given up"
        return "posted"

    return Inbox(desk.store, "slack", work, deliver, _apology, workers=WORKERS)


def _apology(item: Item) -> Data:
    job = Job.from_data(item.message)
    return {"apology": True, "posts": [to_post(say("slack.failed", job.language))]}
