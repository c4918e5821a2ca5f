"""A verdict on an answer: kept in the conversation beside the question, for whoever learns from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.slack.blocks.posts import to_post
from bot.channels.slack.output import SlackOutput
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say
from bot.feedback import Feedback

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Notes the verdict. Says thanks, to the one who pressed alone, except where a modal asks for more."""
    said = job.data
    feedback = Feedback(said["verdict"], said["about"], SlackOutput.name(), said["reason"])
    await desk.note_feedback(said["conversation"], feedback)
    is_done = feedback.verdict == "solved" or feedback.reason
    return {"posts": [to_post(say("slack.feedback.thanks", job.language))] if is_done else []}
