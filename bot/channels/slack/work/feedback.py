"""A verdict on an answer: kept in the conversation beside the question, for whoever learns from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa.core.channels.channel import UserMessage

from bot.channels.slack.blocks.posts import to_post
from bot.channels.slack.output import SlackOutput
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk

MESSAGE = "/feedback"


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Hands the verdict to the bot. Says thanks, except where a modal asks for more."""
    verdict = {name: job.data[name] for name in ("verdict", "about", "reason")}
    message = UserMessage(
        MESSAGE,
        # The thanks are said here, to the one who pressed alone.
        SlackOutput(),
        job.data["conversation"],
        input_channel=SlackOutput.name(),
        message_id=key,
        metadata={"feedback": verdict},
    )
    await desk.on_new_message(message)
    is_done = verdict["verdict"] == "solved" or verdict["reason"]
    return {"posts": [to_post(say("slack.feedback.thanks", job.language))] if is_done else []}
