"""A person takes over: called, taken by one operator, settled; and Wenhao is silent in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.slack.blocks.case import case_post, case_update
from bot.channels.slack.place import Place
from bot.channels.slack.rehearsal.block_limits import is_too_long, message_problems
from bot.channels.slack.state.transcripts import Turn
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import (
    Post,
    SlackSide,
    buttons_of,
    direct_message,
    mention,
    pressed,
    reply,
    said,
)

OPERATORS = "C3"


@pytest_asyncio.fixture
async def slack(serve: Serve) -> AsyncIterator[SlackSide]:
    async with serve(person_channel=OPERATORS) as slack:
        yield slack


async def test_the_operators_get_the_transcript(slack: SlackSide) -> None:
    event, case = await _called(slack)

    words = json.dumps(case, ensure_ascii=False)
    assert case["text"] == "Somebody asks for a person"
    assert "fees? &lt;!channel&gt;" in words and "300 yuan." in words
    assert f"<@U1> in <#C1> · <https://slack.com/archives/C1/p{event['ts'].replace('.', '')}|" in words
    assert [each["text"]["text"] for each in buttons_of(case).values()] == ["I take it", "Resolved"]
    told = slack.api.record.posts_in("C1")[-1]
    assert told["thread_ts"] == event["ts"]
    assert told["text"].startswith("I have passed this on")


async def test_wenhao_is_silent_until_it_is_resolved(slack: SlackSide) -> None:
    event, case = await _called(slack)

    await slack.send_event(said("my name is Ann", thread_ts=event["ts"]))
    await slack.send_event(mention("are you there?", thread_ts=event["ts"]))
    await slack.send_event(mention("another thread"))
    await _until_posted(slack, OPERATORS, 3)
    assert slack.agent.texts == ["fees? <!channel>", "another thread"]
    forwarded = slack.api.record.posts_in(OPERATORS)[1]
    assert forwarded["thread_ts"] == case["ts"]
    assert forwarded["blocks"][1]["text"]["text"] == "> my name is Ann"

    await _press(slack, case, "case_resolve", "U2")
    await _until_told(slack, "marked this as settled")
    await slack.send_event(said("and how long?", thread_ts=event["ts"]))
    await slack.api.until(lambda: slack.agent.texts[-1] == "and how long?")
    update = slack.api.record.updates[-1]
    assert (update["ts"], update["text"]) == (case["ts"], "Resolved by <@U2>")
    assert buttons_of(update) == {}


async def test_the_person_is_told_who_took_it(slack: SlackSide) -> None:
    _, case = await _called(slack)

    await _press(slack, case, "case_take", "U2")

    told = await _until_told(slack, "taken this over")
    assert told["text"].startswith("<@U2> has taken")
    update = slack.api.record.updates[-1]
    assert update["text"] == "Taken by <@U2>"
    assert list(buttons_of(update)) == ["case_resolve"]


async def test_of_two_operators_one_gets_it(slack: SlackSide) -> None:
    _, case = await _called(slack)

    await asyncio.gather(_press(slack, case, "case_take", "U1"), _press(slack, case, "case_take", "U2"))

    await slack.api.until(lambda: slack.api.record.ephemerals)
    await _until_told(slack, "taken this over")
    [late] = slack.api.record.ephemerals
    assert late["text"].endswith("was faster and has taken this already.")
    assert len([post for post in slack.api.record.posts_in("C1") if "taken this over" in post["text"]]) == 1
    assert late["user"] not in late["text"]


async def test_what_is_over_can_not_be_taken(slack: SlackSide) -> None:
    _, case = await _called(slack)
    await _press(slack, case, "case_resolve", "U2")
    await _until_told(slack, "marked this as settled")

    await _press(slack, case, "case_take", "U1")
    await _press(slack, case, "case_resolve", "U1")

    await slack.api.until(lambda: len(slack.api.record.ephemerals) == 2)
    assert all(each["text"].startswith("This one is over") for each in slack.api.record.ephemerals)


async def test_the_person_may_go_on_with_wenhao(slack: SlackSide) -> None:
    event, _ = await _called(slack)
    told = slack.api.record.posts_in("C1")[-1]

    await slack.press(buttons_of(told)["case_back"], "C1", {"ts": told["ts"], "thread_ts": event["ts"]})

    await _until_told(slack, "I answer here again")
    assert slack.api.record.updates[-1]["text"] == "<@U1> goes on with Wenhao."
    await slack.send_event(said("and how long?", thread_ts=event["ts"]))
    await slack.api.until(lambda: slack.agent.texts[-1] == "and how long?")


async def test_silence_ends_by_itself(serve: Serve) -> None:
    async with serve(person_channel=OPERATORS, person_hours=f"{0.3 / 3600:.9f}") as slack:
        event, _ = await _called(slack)
        await asyncio.sleep(0.4)

        await slack.send_event(said("anybody?", thread_ts=event["ts"]))
        await slack.api.until(lambda: slack.agent.texts[-1] == "anybody?")


async def test_who_is_called_already_is_not_called_again(slack: SlackSide) -> None:
    event, _ = await _called(slack)
    answer = slack.api.record.posts_in("C1")[0]

    await slack.press(buttons_of(answer)["person"], "C1", {"ts": answer["ts"], "thread_ts": event["ts"]})

    await _until_told(slack, "has been called already")
    assert len(slack.api.record.posts_in(OPERATORS)) == 1


async def test_words_call_a_person_too(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: {"text": "One moment.", "custom": {"reply": "One moment.", "person": "asked"}}

    await slack.send_event(direct_message("转人工"))

    [case] = await _until_posted(slack, OPERATORS, 1)
    assert case["blocks"][1]["elements"][0]["text"] == "<@U1>，在和我的私聊里。请直接给对方发消息。"
    await slack.api.until(lambda: slack.api.record.posts_in("D1"))
    assert [post["text"][:8] for post in slack.api.record.posts_in("D1")] == ["已经转给人工，我"], "and no other word"
    assert json.dumps(case, ensure_ascii=False).count("转人工") == 1


async def test_without_a_channel_for_operators_it_says_so(serve: Serve) -> None:
    async with serve() as slack:
        slack.agent.reply = lambda text: {"text": "One moment.", "custom": {"reply": "One moment.", "person": "asked"}}
        await slack.send_event(direct_message("a person please"))

        assert (await slack.posted(1))[0]["text"].startswith("There is nobody I can call")
        slack.agent.reply = lambda text: reply("300 yuan.")
        await slack.send_event(direct_message("fees?"))
        assert "person" not in buttons_of((await slack.posted(2))[1])


async def test_where_the_operators_can_not_be_reached_it_says_so_and_goes_on(serve: Serve) -> None:
    async with serve(person_channel="C2") as slack:
        slack.agent.reply = lambda text: reply("300 yuan.")
        event = mention("fees?")
        await slack.send_event(event)
        [answer] = await slack.posted(1)
        await slack.press(buttons_of(answer)["person"], "C1", {"ts": answer["ts"], "thread_ts": event["ts"]})

        await _until_told(slack, "nobody I can call")
        await slack.send_event(said("and how long?", thread_ts=event["ts"]))
        await slack.api.until(lambda: slack.agent.texts == ["fees?", "and how long?"])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("turns", [0, 1, 40])
def test_a_transcript_fits_one_message_with_its_buttons(turns: int, language: str) -> None:
    place = Place("T1", "C1", "U1", "T1:C1:1700000000.000001", "1700000000.000001")
    said = [Turn("wenhao", f"{number} <!here> " + "多" * 1500, f"{number}") for number in range(turns)]

    for post in (case_post(place, said, language), case_update(place, said, language, "taken_by", "U2")):
        assert message_problems(post["blocks"]) == [] and not is_too_long(post["blocks"])
        assert post["blocks"][-1]["type"] == "actions"
        assert "<!here>" not in json.dumps(post)
        assert not turns or f"{turns - 1} &lt;!here&gt;" in json.dumps(post)


async def _called(slack: SlackSide) -> tuple[dict[str, Any], Post]:
    """Asks a question in C1, presses "Ask a person", and returns the question and the operators' message."""
    slack.agent.reply = lambda text: reply("300 yuan.")
    event = mention("fees? &lt;!channel&gt;")
    await slack.send_event(event)
    [answer] = await slack.posted(1)
    await slack.press(buttons_of(answer)["person"], "C1", {"ts": answer["ts"], "thread_ts": event["ts"]})
    [case] = await _until_posted(slack, OPERATORS, 1)
    await slack.api.until(lambda: len(slack.api.record.posts_in("C1")) == 2)
    return event, case


async def _press(slack: SlackSide, case: Post, button: str, user: str) -> None:
    payload = pressed(buttons_of(case)[button], OPERATORS, {"ts": case["ts"]}, user={"id": user})
    assert (await slack.interact(payload))[0] == 200


async def _until_posted(slack: SlackSide, channel: str, count: int) -> list[Post]:
    await slack.api.until(lambda: len(slack.api.record.posts_in(channel)) >= count)
    return slack.api.record.posts_in(channel)


async def _until_told(slack: SlackSide, words: str) -> Post:
    await slack.api.until(lambda: any(words in post["text"] for post in slack.api.record.posts_in("C1")))
    return next(post for post in slack.api.record.posts_in("C1") if words in post["text"])
