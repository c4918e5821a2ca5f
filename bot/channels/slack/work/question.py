"""A question: asked of the bot, answered in posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Optional

from rasa.core.channels.channel import UserMessage

from bot.channels.question_text import to_question
from bot.channels.slack.blocks.answer import Setting, answer_posts
from bot.channels.slack.blocks.case import forwarded
from bot.channels.slack.delivery.calls import call
from bot.channels.slack.output import SlackOutput
from bot.channels.slack.place import Place
from bot.channels.slack.state.transcripts import Turn
from bot.channels.slack.work import notes
from bot.channels.slack.work.calling import call_person, operators_language, operators_place
from bot.channels.slack.work.job import Data, Job
from bot.channels.words import say
from bot.pages import Pages
from bot.pages.linking import PLAN, keep_page

if TYPE_CHECKING:
    from bot.channels.slack.desk import Desk


async def work(desk: Desk, key: str, job: Job) -> Data:
    """Returns the bot's answer as posts.

    While a person is at work in the conversation, what is written there is passed on to them instead.
    """
    place = job.place
    if place.user == await desk.workspaces.bot_user(place.team, place.enterprise):
        return {"posts": []}
    case = await desk.cases.get(place.conversation)
    if case:
        post = forwarded(place.user, job.data["text"], await operators_language(desk, place, case.language))
        return {"posts": [post], "place": operators_place(desk, place, case.post).to_data()}
    _say_status(desk, place, job.language)
    messages = await _ask(desk, key, place, job)
    setting = replace(_setting(desk, key, place, job, messages), plan_url=await _plan_url(desk, messages))
    wish = _wish(messages)
    # The bot itself knows of nobody to call; whether there is somebody is said once that is tried.
    said = [] if wish == "asked" else messages
    posts = [post for message in said for post in answer_posts(message, setting)]
    if not posts and not wish:
        raise RuntimeError("The bot had nothing to say.")
    await desk.transcripts.add(place.conversation, Turn("person", job.data["text"], key), *_turns(said, key))
    kept = {"messages": messages, "asked": job.data["text"]} if setting.can_share else {}
    return {"posts": posts, "place": place.to_data(), "language": setting.language, "person": wish, **kept}


async def deliver(desk: Desk, key: str, job: Job, answer: Data) -> None:
    """Posts the answer, and calls a person where that was asked for."""
    await notes.deliver(desk, key, job, answer)
    if "language" not in answer:
        return
    place = Place.from_data(answer["place"])
    await join_thread(desk, key, place)
    if answer["person"] == "asked":
        await call_person(desk, key, place, answer["language"])


async def join_thread(desk: Desk, key: str, place: Place) -> None:
    """Notes that Wenhao takes part in the thread below an answer that opens one of its own."""
    first = await desk.poster.sent(key, "0")
    if first and not (place.private or place.thread or place.is_direct):
        await desk.threads.join(place.team, place.channel, first, place.conversation)


async def _ask(desk: Desk, key: str, place: Place, job: Job) -> list[dict[str, Any]]:
    output = SlackOutput()
    language = (await desk.book.get(place.team, place.channel)).language
    # In a thread several people may write.
    metadata: dict[str, Any] = {"person": f"{place.team}:{place.user}"}
    if language != "auto":
        metadata["language"] = language
    # A form is handed over as what was chosen in it, with what was written beside.
    form = job.data.get("form")
    message = UserMessage(
        to_question(form["words"] if form else job.data["text"]),
        output,
        place.conversation,
        input_channel=SlackOutput.name(),
        message_id=key,
        metadata={**metadata, "answers": form["answers"]} if form else metadata,
    )
    await desk.on_new_message(message)
    return output.messages


def _setting(desk: Desk, key: str, place: Place, job: Job, messages: list[dict[str, Any]]) -> Setting:
    told = next((message["custom"]["language"] for message in messages if _has(message, "language")), None)
    return Setting(
        about=key,
        conversation=place.conversation,
        language=told or job.language,
        asked="" if job.data["is_shown"] else job.data["text"],
        can_share=place.private and not place.is_direct,
        can_call=bool(desk.credentials.person_channel),
    )


async def _plan_url(desk: Desk, messages: list[dict[str, Any]]) -> str:
    """Keeps the plan among the messages and returns its address; empty where there is none, or none from outside."""
    plan = next((message["custom"] for message in messages if _has(message, PLAN)), None)
    if plan is None or not desk.public_url:
        return ""
    kept = await keep_page(Pages(desk.store), plan)
    return desk.public_url + kept[1] if kept else ""


def _say_status(desk: Desk, place: Place, language: str) -> None:
    """https://docs.slack.dev/reference/methods/assistant.threads.setStatus/: Slack ends it with the answer."""
    if place.is_direct and place.thread:
        arguments = {"channel_id": place.channel, "thread_ts": place.thread, "status": say("slack.status", language)}
        desk.background.start(_call(desk, place, "assistant.threads.setStatus", arguments))


async def _call(desk: Desk, place: Place, method: str, arguments: dict[str, str]) -> None:
    await call(await desk.workspaces.client(place.team, place.enterprise), method, arguments)


def _turns(messages: list[dict[str, Any]], key: str) -> list[Turn]:
    text = "\n".join(map(_said, messages))
    return [Turn("wenhao", text, key)] if text else []


def _said(message: dict[str, Any]) -> str:
    return str((message.get("custom") or {}).get("reply") or message.get("text") or "")


def _wish(messages: list[dict[str, Any]]) -> Optional[str]:
    return next((message["custom"]["person"] for message in messages if _has(message, "person")), None)


def _has(message: dict[str, Any], name: str) -> bool:
    return bool((message.get("custom") or {}).get(name))
