"""Threads, and how Wenhao behaves in a channel as the people there set it."""

from __future__ import annotations

import pytest

from bot.channels.slack.state.channel_settings import ChannelSettings, SettingsBook
from bot.state import Store
from tests.bot.channels.slack.slack_side import SlackSide, direct_message, mention, new_ts, said

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
async def test_a_follow_up_in_its_thread_needs_no_mention(slack: SlackSide, kind: str) -> None:
    first = mention("fees?")
    await slack.send_event(first)
    await slack.posted(1)

    await slack.send_event(said("and how long?", thread_ts=first["ts"], channel_type=kind))

    posts = await slack.posted(2)
    assert [post["thread_ts"] for post in posts] == [first["ts"]] * 2
    assert len({message.sender_id for message in slack.agent.messages}) == 1


async def test_a_follow_up_may_come_before_the_answer(slack: SlackSide) -> None:
    first = mention("fees?")
    await slack.send_event(first)
    await slack.send_event(said("and how long?", thread_ts=first["ts"]))

    assert await slack.asked_so_far() == ["fees?", "and how long?"]


async def test_other_threads_and_posts_are_not_for_us(slack: SlackSide) -> None:
    await slack.send_event(mention("fees?"))
    await slack.posted(1)

    await slack.send_event(said("hello all"))
    await slack.send_event(said("in another thread", thread_ts=new_ts()))
    await slack.send_event(said("in another channel", channel="C3"))

    assert await slack.asked_so_far() == ["fees?"]


async def test_a_follow_up_to_somebody_else_is_not_for_us(slack: SlackSide) -> None:
    first = mention("fees?")
    await slack.send_event(first)
    await slack.posted(1)

    await slack.send_event(said("<@U2> do you know?", thread_ts=first["ts"]))

    assert await slack.asked_so_far() == ["fees?"]


async def test_a_follow_up_with_a_mention_is_answered_once(slack: SlackSide) -> None:
    first = mention("fees?")
    await slack.send_event(first)
    event = mention("and how long?", thread_ts=first["ts"])
    await slack.send_event(event | {"type": "message", "channel_type": "channel"})
    await slack.send_event(event)

    assert await slack.asked_so_far() == ["fees?", "and how long?"]


async def test_follow_ups_can_be_switched_off(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(threads=False))
    first = mention("fees?")
    await slack.send_event(first)
    await slack.posted(1)

    await slack.send_event(said("and how long?", thread_ts=first["ts"]))
    await slack.send_event(mention("and where?", thread_ts=first["ts"]))

    assert await slack.asked_so_far() == ["fees?", "and where?"]


async def test_a_channel_may_want_every_post_answered(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(mention_only=False))

    event = said("fees?")
    await slack.send_event(event)

    [post] = await slack.posted(1)
    assert post["thread_ts"] == event["ts"]


async def test_a_silent_channel_hears_nothing(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(silent=True, mention_only=False))

    await slack.send_event(mention("fees?"))
    await slack.send_event(said("fees?"))
    assert await slack.asked_so_far() == []

    await slack.command("fees?")
    [answer] = await slack.responded(1)
    assert answer["response_type"] == "ephemeral"


async def test_settings_of_one_channel_are_not_those_of_another(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(silent=True))
    await SettingsBook(store).put("T2", "C3", ChannelSettings(silent=True))

    await slack.send_event(mention("fees?", channel="C3"))

    assert await slack.asked_so_far() == ["fees?"]


async def test_answers_may_be_for_the_asker_alone(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(visible="all"))

    await slack.send_event(mention("fees?"))
    await slack.send_event(mention("how long?", thread_ts=new_ts()))

    await slack.api.until(lambda: len(slack.api.record.ephemerals) == 2)
    first, second = slack.api.record.ephemerals
    assert first["user"] == "U1"
    # A thread that is not there yet nobody would see it in.
    assert "thread_ts" not in first and "thread_ts" in second
    assert slack.api.record.posts == []
    assert [message.sender_id for message in slack.agent.messages] == ["T1:C1:U1"] * 2


async def test_the_language_of_a_channel_is_told_to_the_bot(slack: SlackSide, store: Store) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(language="zh"))

    await slack.send_event(mention("fees?"))
    await slack.send_event(direct_message("fees?"))
    await slack.posted(2)

    told = [message.metadata for message in slack.agent.messages]
    assert told == [{"language": "zh", "person": "T1:U1"}, {"person": "T1:U1"}]


async def test_files_get_an_honest_reply(slack: SlackSide) -> None:
    await slack.send_event(direct_message("", subtype="file_share", files=[{"id": "F1"}]))

    [post] = await slack.posted(1)
    assert post["text"].startswith("I cannot open files")
    assert slack.agent.texts == []


async def test_words_beside_a_file_are_answered_and_the_file_is_named_unread(slack: SlackSide) -> None:
    event = direct_message("认证费用是多少？", subtype="file_share", files=[{"id": "F1"}])
    for _ in range(2):
        await slack.send_event(event)

    texts = {post["text"] for post in await slack.posted(2)}
    assert texts == {"我打不开文件和图片，只能根据你写的文字来回答。", "About 认证费用是多少？"}
    assert await slack.asked_so_far() == ["认证费用是多少？"]
    assert len(slack.api.record.posts_in("D1")) == 2


async def test_a_file_in_a_thread_we_take_no_part_in_is_left_alone(slack: SlackSide) -> None:
    await slack.send_event(said("", subtype="file_share", files=[{"id": "F1"}]))

    await slack.asked_so_far()
    assert slack.api.record.posts_in("C1") == []
