"""What operators press below a case, and what the person presses to go on with Wenhao."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.channels.slack.blocks.case import case_update, person
from bot.channels.slack.blocks.posts import to_post
from bot.channels.slack.delivery.routes import to_one
from bot.channels.slack.place import Place
from bot.channels.slack.state.cases import Case
from bot.channels.slack.work.calling import operators_language
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def take(desk: Desk, key: str, job: Job) -> Data:
    """Gives the case to the operator who pressed, unless another was faster."""
    return _kept(await desk.cases.take(job.data["conversation"], job.place.user, key))


async def settle(desk: Desk, key: str, job: Job) -> Data:
    """Ends the case, unless it was over before."""
    return _kept(await desk.cases.settle(job.data["conversation"], job.place.user, key))


async def deliver_taken(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Tells the person who took it over, or the operator who did before."""
    case = _case(answer)
    if case is None:
        await _tell_operator(desk, key, job, say("slack.case.over", job.language))
    elif case.taken_in != key:
        words = say("slack.case.taken_already", job.language, person=person(case.taken_by))
        await _tell_operator(desk, key, job, words)
    else:
        await _update(desk, job, case, "taken_by")
        words = say("slack.person.taken", case.language, person=person(job.place.user))
        await desk.poster.post(key, "told", case.asked_from, to_post(words))


async def deliver_resolved(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Tells the person that it is settled, and that Wenhao answers again."""
    case = _case(answer)
    if case is None:
        await _tell_operator(desk, key, job, say("slack.case.over", job.language))
        return
    await _update(desk, job, case, "resolved_by")
    words = say("slack.person.resolved", case.language, person=person(job.place.user))
    await desk.poster.post(key, "told", case.asked_from, to_post(words))


async def deliver_back(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Tells the person that Wenhao answers again, and the operators that they need not."""
    case = _case(answer)
    if case:
        await _update(desk, job, case, "went_on")
    await desk.poster.post(key, "told", job.place, to_post(say("slack.person.is_back", job.language)))


async def _update(desk: Desk, job: Job, case: Case, state: str) -> None:
    place = case.asked_from
    there = Place(place.team, case.channel, job.place.user, place.conversation, enterprise=place.enterprise)
    language = await operators_language(desk, place, case.language)
    turns = await desk.transcripts.read(place.conversation)
    await desk.poster.update(there, case.post, case_update(place, turns, language, state, job.place.user))


async def _tell_operator(desk: Desk, key: str, job: Job, words: str) -> None:
    await desk.poster.post(key, "told", to_one(job.place, job.place.user), to_post(words))


def _kept(case: Case | None) -> Data:
    return {"case": asdict(case) if case else None}


def _case(answer: Data) -> Case | None:
    return Case(**answer["case"]) if answer["case"] else None
