"""Slack's requests in, posts out, through the running app."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.bot.channels.slack.slack_side import SlackSide, direct_message, mention, new_ts

pytestmark = pytest.mark.asyncio

FIRST, SECOND = "1700000000.000001", "1700000000.000002"

RETRY_REASONS = (
    "http_timeout",
    "http_error",
    "connection_failed",
    "ssl_error",
    "too_many_redirects",
    "unknown_error",
)


async def test_a_direct_message_gets_a_plain_reply(slack: SlackSide) -> None:
    assert await slack.send_event(direct_message("fees?")) == 200

    [post] = await slack.posted(1)
    assert post["channel"] == "D1"
    assert post["text"] == "About fees?"
    assert "thread_ts" not in post
    assert slack.agent.messages[0].sender_id == "T1:D1"
    assert slack.agent.messages[0].input_channel == "slack"


async def test_a_direct_message_in_a_thread_gets_its_reply_there(slack: SlackSide) -> None:
    await slack.send_event(direct_message("fees?", thread_ts=FIRST))

    [post] = await slack.posted(1)
    assert post["thread_ts"] == FIRST


async def test_a_mention_gets_its_reply_in_a_thread_below(slack: SlackSide) -> None:
    event = mention("fees?")

    assert await slack.send_event(event) == 200

    [post] = await slack.posted(1)
    assert (post["channel"], post["thread_ts"]) == ("C1", event["ts"])
    assert slack.agent.texts == ["fees?"]


async def test_a_follow_up_in_the_thread_goes_on_with_the_conversation(slack: SlackSide) -> None:
    first = mention("fees?")
    await slack.send_event(first)
    await slack.posted(1)

    await slack.send_event(mention("and a service account?", thread_ts=first["ts"]))

    posts = await slack.posted(2)
    assert [post["thread_ts"] for post in posts] == [first["ts"]] * 2
    assert len({message.sender_id for message in slack.agent.messages}) == 1


@pytest.mark.parametrize(
    "other",
    [mention("b"), mention("b", channel="C3"), direct_message("b")],
    ids=["another thread", "another channel", "a direct message"],
)
async def test_other_places_are_other_conversations(slack: SlackSide, other: dict[str, Any]) -> None:
    await slack.send_event(mention("a", ts=FIRST))
    await slack.send_event(other)

    await slack.posted(2)
    assert len({message.sender_id for message in slack.agent.messages}) == 2


async def test_two_workspaces_share_no_conversation(slack: SlackSide) -> None:
    await slack.send_event(mention("a", ts=FIRST), team="T1")
    await slack.send_event(mention("b", ts=FIRST), team="T2")

    await slack.posted(2)
    assert {message.sender_id for message in slack.agent.messages} == {
        f"T1:C1:{FIRST}",
        "T2:C1:1700000000.000001",
    }


async def test_one_event_delivered_again_and_again_gets_one_answer(slack: SlackSide) -> None:
    event = mention("fees?")
    await slack.send_event(event, event_id="Ev-again")
    for number, reason in enumerate(RETRY_REASONS, start=1):
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        assert await slack.send_event(event, event_id="Ev-again", headers=retry) == 200

    assert await slack.asked_so_far() == ["fees?"]


async def test_a_retry_whose_first_delivery_was_lost_is_answered(slack: SlackSide) -> None:
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}

    await slack.send_event(direct_message("fees?"), headers=retry)

    assert await slack.asked_so_far() == ["fees?"]


async def test_one_post_as_message_and_as_mention_gets_one_answer(slack: SlackSide) -> None:
    event = direct_message("<@UBOT> fees?")
    await slack.send_event(event)
    await slack.send_event(event | {"type": "app_mention"})

    assert await slack.asked_so_far() == ["fees?"]


async def test_the_same_words_in_two_posts_get_two_answers(slack: SlackSide) -> None:
    await slack.send_event(direct_message("fees?"))
    await slack.send_event(direct_message("fees?"))

    assert await slack.asked_so_far() == ["fees?", "fees?"]


@pytest.mark.parametrize(
    "event",
    [
        direct_message("mine", user="UBOT"),
        direct_message("mine", bot_id="BBOT"),
        direct_message("of another bot", bot_id="B2"),
        direct_message("of another bot", subtype="bot_message"),
        mention("of another bot", bot_id="B2"),
        direct_message("", subtype="message_changed", message={"text": "new", "user": "U1", "ts": FIRST}),
        direct_message("", subtype="message_deleted", previous_message={"text": "old", "user": "U1", "ts": FIRST}),
        mention("edited", edited={"user": "U1", "ts": SECOND}),
        direct_message("joined", subtype="channel_join"),
        direct_message("to the channel", channel_type="channel", channel="C1"),
        {
            "type": "reaction_added",
            "user": "U1",
            "item": {"type": "message", "channel": "C1", "ts": FIRST},
        },
    ],
    ids=lambda event: f"{event['type']} {event.get('subtype') or event.get('text')}",
)
async def test_what_is_no_question_is_accepted_and_left_alone(slack: SlackSide, event: dict[str, Any]) -> None:
    assert await slack.send_event(event) == 200

    assert await slack.asked_so_far() == []


async def test_a_pressed_suggestion_is_asked_in_the_same_thread(slack: SlackSide) -> None:
    assert (
        await slack.press(
            {"action_id": "suggestion_1", "value": "how long?"},
            "C1",
            {"ts": SECOND, "thread_ts": FIRST},
        )
        == 200
    )

    [post] = await slack.posted(1)
    assert (post["channel"], post["thread_ts"], post["text"]) == ("C1", FIRST, "About how long?")
    assert slack.agent.messages[0].sender_id == f"T1:C1:{FIRST}"


async def test_a_suggestion_pressed_in_a_direct_message_is_asked_there(slack: SlackSide) -> None:
    await slack.press({"action_id": "suggestion_1", "value": "how long?"}, "D1", {"ts": SECOND})

    [post] = await slack.posted(1)
    assert "thread_ts" not in post
    assert slack.agent.messages[0].sender_id == "T1:D1"


async def test_a_suggestion_can_be_pressed_again(slack: SlackSide) -> None:
    for _ in range(2):
        await slack.press({"action_id": "suggestion_1", "value": "how long?"}, "D1", {"ts": SECOND})

    assert await slack.asked_so_far() == ["how long?"] * 2


async def test_slack_need_not_wait_for_the_answer(slack: SlackSide) -> None:
    answer_now = asyncio.Event()
    slack.agent.before = answer_now.wait

    assert await asyncio.wait_for(slack.send_event(direct_message("fees?")), timeout=1) == 200

    await slack.api.until(lambda: slack.agent.texts == ["fees?"])
    assert slack.api.record.posts == []
    answer_now.set()
    assert len(await slack.posted(1)) == 1


async def test_a_long_reply_is_posted_in_order(slack: SlackSide) -> None:
    parts = [{"lead": f"Part {number}", "source": {"text": "guide", "url": None}} for number in range(51)]
    slack.agent.reply = lambda text: {"text": "all", "custom": {"reply": "all", "parts": parts}}

    await slack.send_event(mention("everything", ts=FIRST))

    posts = await slack.posted(3)
    leads = [block["text"]["text"] for post in posts for block in post["blocks"] if block["type"] == "section"]
    assert leads == [f"Part {number}" for number in range(51)]
    assert all(len(post["blocks"]) <= 50 and post["text"] for post in posts)
    assert {post["thread_ts"] for post in posts} == {FIRST}


async def test_nothing_is_asked_in_the_name_of_no_workspace(slack: SlackSide) -> None:
    body = json.dumps({"type": "event_callback", "event_id": "Ev0", "event": direct_message("fees?", ts=new_ts())})

    assert (await slack.send(body.encode()))[0] == 200

    assert await slack.asked_so_far() == []
