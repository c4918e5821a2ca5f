"""A person is asked for: the operators get the transcript, and Wenhao keeps silent there until it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.slack.blocks.case import back_button, case_post
from bot.channels.slack.blocks.posts import Post, to_post
from bot.channels.slack.place import Place
from bot.channels.slack.state.cases import Case
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Nothing is to be thought out; the call is made of what was said before."""
    return {}


async def deliver(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Calls a person to where the button was pressed."""
    await call_person(desk, key, job.place, job.language)


async def call_person(desk: Desk, key: str, place: Place, language: str) -> None:
    """Posts the transcript to the operators and tells the person so, or honestly that there is nobody to call."""
    called = await desk.poster.sent(key, "case")
    if not called and await desk.cases.get(place.conversation):
        await desk.poster.post(key, "called", place, to_post(say("slack.person.already_called", language)))
        return
    if desk.credentials.person_channel:
        there = operators_place(desk, place)
        turns = await desk.transcripts.read(place.conversation)
        post = case_post(place, turns, await operators_language(desk, place, language))
        called = await desk.poster.post(key, "case", there, post)
        if called:
            await desk.cases.open(Case(place.to_data(), language, there.channel, called))
    await desk.poster.post(key, "called", place, _told(place, language, bool(called)))


def operators_place(desk: Desk, place: Place, thread: str | None = None) -> Place:
    """Returns where the operators are called, or the thread below a case."""
    channel = desk.credentials.person_channel or ""
    return Place(place.team, channel, place.user, place.conversation, thread, enterprise=place.enterprise)


async def operators_language(desk: Desk, place: Place, language: str) -> str:
    """Returns the language of the operators' channel, or of the conversation where none is set."""
    setting = (await desk.book.get(place.team, desk.credentials.person_channel or "")).language
    return language if setting == "auto" else setting


def _told(place: Place, language: str, is_called: bool) -> Post:
    if not is_called:
        return to_post(say("slack.person.nobody", language))
    return to_post(say("slack.person.called", language), back_button(place.conversation, language))
