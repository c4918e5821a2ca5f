"""The slash command, the message shortcut, and sharing what only the asker saw."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.slack.state.channel_settings import ChannelSettings, SettingsBook
from bot.channels.slack.state.threads import Threads
from bot.state import Store
from tests.bot.channels.slack.slack_side import SlackSide, buttons_of, new_ts, pressed_ephemeral, reply, said

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("question", ["How much does verification cost?", "微信认证要多少钱？"])
async def test_a_command_is_answered_for_the_asker_alone(slack: SlackSide, question: str) -> None:
    status, body = await slack.command(question)

    [answer] = await slack.responded(1)
    assert (status, body) == (200, "")
    assert (answer["response_type"], answer["user"], answer["channel"]) == ("ephemeral", "U1", "C1")
    assert answer["replace_original"] is False
    assert slack.agent.texts == [question]
    assert question in answer["blocks"][0]["elements"][0]["text"]
    assert slack.agent.messages[0].sender_id == "T1:C1:U1"


async def test_a_command_works_where_wenhao_is_no_member(slack: SlackSide) -> None:
    await slack.command("fees?", channel="C2")

    [answer] = await slack.responded(1)
    assert answer["channel"] == "C2"


async def test_a_command_that_is_delivered_twice_is_answered_once(slack: SlackSide) -> None:
    trigger = slack.api.new_trigger()
    for _ in range(2):
        await slack.command("fees?", trigger_id=trigger)

    assert await slack.asked_so_far() == ["fees?"]


async def test_where_everybody_sees_commands_a_thread_may_follow(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(visible="none"))

    await slack.command("fees?")
    [post] = await slack.posted(1)
    assert post["channel"] == "C1" and "thread_ts" not in post
    await _joined(store, post["ts"])

    await slack.send_event(said("and how long?", thread_ts=post["ts"]))
    assert (await slack.posted(2))[1]["thread_ts"] == post["ts"]
    assert len({message.sender_id for message in slack.agent.messages}) == 1


async def test_a_public_answer_where_wenhao_is_no_member_goes_by_the_response_address(
    slack: SlackSide, store: Store
) -> None:
    await SettingsBook(store).put("T1", "C2", ChannelSettings(visible="none"))

    await slack.command("fees?", channel="C2")

    [answer] = await slack.responded(1)
    assert answer["response_type"] == "in_channel"


async def test_where_the_response_address_is_too_old_the_answer_comes_all_the_same(slack: SlackSide) -> None:
    url = slack.api.new_response_url("C1")
    slack.api.failures.add("response_url", _expired(), 1)

    await slack.command("fees?", response_url=url)

    await slack.api.until(lambda: slack.api.record.ephemerals)
    assert slack.api.record.ephemerals[0]["user"] == "U1"


@pytest.mark.parametrize(
    ("word", "begins"), [("help", "Type `/wenhao`"), ("", "Type"), ("帮助", "输入 `/wenhao`"), ("HELP ", "Type")]
)
async def test_help(slack: SlackSide, word: str, begins: str) -> None:
    await slack.command(word)

    [answer] = await slack.responded(1)
    assert answer["text"].startswith(begins)
    assert slack.agent.texts == []


async def test_a_message_can_be_asked_about(slack: SlackSide) -> None:
    shortcut = _shortcut("&lt;fees&gt; &amp; more, <@U2>?", slack.api.new_response_url("C1"))
    for _ in range(2):
        assert await slack.interact(shortcut) == (200, "")

    [answer] = await slack.responded(1)
    assert await slack.asked_so_far() == ["<fees> & more, ?"]
    assert (answer["response_type"], answer["user"]) == ("ephemeral", "U1")


async def test_a_message_without_words_is_told_so(slack: SlackSide) -> None:
    await slack.interact(_shortcut("", slack.api.new_response_url("C1")))

    [answer] = await slack.responded(1)
    assert answer["text"].startswith("There are no words")


async def test_an_answer_can_be_shared_once(slack: SlackSide, store: Store) -> None:
    slack.agent.reply = lambda text: reply("300 yuan.")
    await slack.command("fees?")
    [answer] = await slack.responded(1)
    share = buttons_of(answer)["share"]

    for _ in range(2):
        payload = pressed_ephemeral(share, "C1", slack.api.new_response_url("C1"), user={"id": "U2"})
        assert (await slack.interact(payload))[0] == 200

    [post] = await slack.posted(1)
    assert post["text"] == "300 yuan."
    assert post["blocks"][-1]["elements"][0]["text"] == "Shared by <@U2>"
    assert "share" not in buttons_of(post)
    await slack.asked_so_far()
    assert len(slack.api.record.posts_in("C1")) == 1

    await _joined(store, post["ts"])
    await slack.send_event(said("and how long?", thread_ts=post["ts"]))
    assert (await slack.posted(3))[-1]["thread_ts"] == post["ts"]


async def test_an_answer_is_shared_through_the_response_address_where_wenhao_is_no_member(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("300 yuan.")
    await slack.command("fees?", channel="C2")
    [answer] = await slack.responded(1)

    await slack.interact(pressed_ephemeral(buttons_of(answer)["share"], "C2", slack.api.new_response_url("C2")))

    shared = (await slack.responded(2))[1]
    assert shared["response_type"] == "in_channel"


async def test_what_can_not_be_shared_is_told(slack: SlackSide) -> None:
    await slack.command("fees?", channel="C2")
    [answer] = await slack.responded(1)
    slack.api.failures.add("response_url", _expired(), 1)

    await slack.interact(pressed_ephemeral(buttons_of(answer)["share"], "C2", slack.api.new_response_url("C2")))

    told = (await slack.responded(2))[1]
    assert told["text"].startswith("I could not post this")


async def test_an_answer_that_is_kept_no_longer_is_told(slack: SlackSide) -> None:
    share = {"action_id": "share", "value": "command:T1:long-ago"}

    await slack.interact(pressed_ephemeral(share, "C1", slack.api.new_response_url("C1")))

    [answer] = await slack.responded(1)
    assert answer["text"].startswith("I no longer keep")


async def test_a_suggestion_below_an_answer_for_one_alone_is_answered_for_that_one_alone(slack: SlackSide) -> None:
    button = {"action_id": "suggestion_1", "value": "how long?"}

    await slack.interact(pressed_ephemeral(button, "C1", slack.api.new_response_url("C1")))

    [answer] = await slack.responded(1)
    assert (answer["response_type"], slack.agent.messages[0].sender_id) == ("ephemeral", "T1:C1:U1")


async def _joined(store: Store, thread: str) -> None:
    """Waits until Wenhao has noted that the thread below its own post is one it takes part in."""
    for _ in range(1000):
        if await Threads(store).conversation("T1", "C1", thread):
            return
        await asyncio.sleep(0.005)
    raise AssertionError("It was not noted.")


def _shortcut(text: str, response_url: str) -> dict[str, Any]:
    return {
        "type": "message_action",
        "callback_id": "ask_about_this",
        "action_ts": new_ts(),
        "channel": {"id": "C1"},
        "message": {"type": "message", "user": "U2", "text": text, "ts": new_ts()},
        "response_url": response_url,
    }


def _expired() -> Any:
    from bot.channels.slack.rehearsal.failures import Failure

    return Failure(error="expired_url", status=404)
