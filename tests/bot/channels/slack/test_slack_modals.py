"""Thumbs with a reason, and a channel's settings: buttons that open modals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.slack.blocks.modals.reason import reason_modal
from bot.channels.slack.blocks.modals.settings import settings_in, settings_modal
from bot.channels.slack.rehearsal.block_limits import view_problems
from bot.channels.slack.state.channel_settings import ChannelSettings, SettingsBook
from bot.state import Store
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import SlackSide, buttons_of, direct_message, mention, reply

ALL_SETTINGS = [
    ChannelSettings(),
    ChannelSettings(mention_only=False, threads=False, visible="all", language="zh", silent=True),
    ChannelSettings(visible="none", language="en"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("settings", ALL_SETTINGS)
def test_the_settings_in_a_modal_are_those_that_were_there(settings: ChannelSettings, language: str) -> None:
    view = settings_modal(settings, language, {"place": {}})

    assert view_problems(view) == []
    assert settings_in(_submitted(view)) == settings


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_modal_for_a_reason_is_one_that_slack_takes(language: str) -> None:
    assert view_problems(reason_modal(language, {"about": "x"})) == []


async def test_a_thumb_up_is_kept_in_the_conversation_and_thanked_for(slack: SlackSide) -> None:
    thumbs, event = await _answered(slack)

    await slack.press(_thumb(thumbs, "positive_button"), "C1", _message(event), response_url=_url(slack))

    [thanks] = await slack.responded(1)
    assert (thanks["response_type"], thanks["text"]) == ("ephemeral", "Thank you, noted.")
    noted = {"verdict": "solved", "about": f"T1:C1:{event['ts']}", "channel": "slack", "reason": None}
    assert await slack.agent.verdicts() == [(slack.agent.messages[0].sender_id, noted)]
    assert len(slack.agent.messages) == 1, "a verdict is no question"


async def test_the_question_bears_the_key_that_a_verdict_names(slack: SlackSide) -> None:
    thumbs, _ = await _answered(slack)

    about = json.loads(thumbs["positive_button"]["value"])["about"]
    assert slack.agent.messages[0].message_id == about


async def test_a_thumb_down_counts_at_once_and_asks_for_a_reason(slack: SlackSide) -> None:
    thumbs, event = await _answered(slack)

    await slack.press(_thumb(thumbs, "negative_button"), "C1", _message(event), response_url=_url(slack))

    await slack.api.until(lambda: slack.api.record.views)
    await slack.asked_so_far()
    assert [noted["verdict"] for _, noted in await slack.agent.verdicts()] == ["unsolved"]
    view = slack.api.record.views[0]["view"]
    assert await _submit(slack, _submitted(view, reason="The fee is old.")) == (200, "")

    [thanks] = await slack.responded(1)
    assert thanks["text"] == "Thank you, noted."
    assert [noted["reason"] for _, noted in await slack.agent.verdicts()] == [None, "The fee is old."]


async def test_a_reason_that_is_sent_twice_counts_once(slack: SlackSide, caplog: pytest.LogCaptureFixture) -> None:
    thumbs, event = await _answered(slack)
    await slack.press(_thumb(thumbs, "negative_button"), "C1", _message(event), response_url=_url(slack))
    await slack.api.until(lambda: slack.api.record.views)
    view = slack.api.record.views[0]["view"]

    for _ in range(2):
        assert await _submit(slack, _submitted(view, reason="Old.")) == (200, "")

    await slack.asked_so_far()
    assert [noted["reason"] for _, noted in await slack.agent.verdicts()] == [None, "Old."]
    assert "submitted before" in caplog.text and "Old." not in caplog.text


async def test_an_empty_reason_is_asked_for_again(slack: SlackSide) -> None:
    thumbs, event = await _answered(slack)
    await slack.press(_thumb(thumbs, "negative_button"), "C1", _message(event))
    await slack.api.until(lambda: slack.api.record.views)

    status, body = await _submit(slack, _submitted(slack.api.record.views[0]["view"], reason="  "))

    assert status == 200
    assert json.loads(body)["response_action"] == "errors"
    assert json.loads(body)["errors"]["reason"].startswith("Please write")


async def test_a_trigger_that_has_expired_is_counted_and_the_verdict_kept(
    slack: SlackSide, caplog: pytest.LogCaptureFixture
) -> None:
    thumbs, event = await _answered(slack)

    await slack.press(_thumb(thumbs, "negative_button"), "C1", _message(event), trigger_id="long-ago")

    await slack.api.until(lambda: "expired" in caplog.text or "invalid" in caplog.text)
    await slack.asked_so_far()
    assert [noted["verdict"] for _, noted in await slack.agent.verdicts()] == ["unsolved"]


async def test_settings_are_changed_in_a_modal(slack: SlackSide, store: Store) -> None:
    assert await slack.command("settings") == (200, "")
    await slack.api.until(lambda: slack.api.record.views)
    wanted = settings_modal(ChannelSettings(threads=False, language="zh"), "en", {})

    for _ in range(2):
        view = slack.api.record.views[0]["view"]
        assert await _submit(slack, {**_submitted(wanted), "private_metadata": view["private_metadata"]}) == (200, "")

    assert await SettingsBook(store).get("T1", "C1") == ChannelSettings(threads=False, language="zh")
    [told] = await slack.responded(1)
    assert told["text"].startswith("已保存")
    await slack.send_event(mention("fees?"))
    await slack.posted(1)
    assert slack.agent.messages[-1].metadata == {"language": "zh", "person": "T1:U1"}


@pytest.mark.parametrize("word", ["设置", "Settings"])
async def test_the_modal_shows_the_settings_as_they_are(slack: SlackSide, store: Store, word: str) -> None:
    await SettingsBook(store).put("T1", "C1", ChannelSettings(silent=True))

    await slack.command(word)

    await slack.api.until(lambda: slack.api.record.views)
    assert settings_in(_submitted(slack.api.record.views[0]["view"])).silent


async def test_a_trigger_too_old_for_the_settings_is_told(slack: SlackSide) -> None:
    slack.api.fail("views.open", error="expired_trigger_id")

    await slack.command("settings")

    [told] = await slack.responded(1)
    assert told["text"].startswith("That took too long")


async def test_a_direct_message_has_no_settings(slack: SlackSide) -> None:
    await slack.command("settings", channel="D1")

    [told] = await slack.responded(1)
    assert told["text"].startswith("Settings belong to a channel")


async def test_settings_may_be_the_operators_affair(serve: Serve, store: Store) -> None:
    async with serve(settings_by="operators", operators="U2") as slack:
        await slack.command("settings", user="U1")
        [told] = await slack.responded(1)
        assert told["text"].startswith("Only Wenhao's operators")
        view = _submitted(settings_modal(ChannelSettings(silent=True), "en", {"place": _place()}))
        await _submit(slack, view, user={"id": "U1"})
        assert await SettingsBook(store).get("T1", "C1") == ChannelSettings()

        await slack.command("settings", user="U2")
        await slack.api.until(lambda: slack.api.record.views)


async def _answered(slack: SlackSide) -> tuple[dict[str, Any], dict[str, Any]]:
    slack.agent.reply = lambda text: reply("300 yuan.")
    event = mention("fees?")
    await slack.send_event(event)
    [post] = await slack.posted(1)
    return buttons_of(post)["feedback"], event


def _message(event: dict[str, Any]) -> dict[str, Any]:
    return {"ts": "1700000009.000001", "thread_ts": event["ts"]}


def _thumb(thumbs: dict[str, Any], which: str) -> dict[str, Any]:
    return {"type": "feedback_buttons", "action_id": thumbs["action_id"], "value": thumbs[which]["value"]}


def _url(slack: SlackSide) -> str:
    return slack.api.new_response_url("C1")


def _submitted(view: dict[str, Any], **typed: str) -> dict[str, Any]:
    """Returns a view as Slack submits it: with what was typed, or what was chosen from the start."""
    values = {}
    for block in view["blocks"]:
        name, element = block["block_id"], block["element"]
        chosen = {"type": "static_select", "selected_option": element.get("initial_option")}
        values[name] = {element["action_id"]: {"value": typed[name]} if name in typed else chosen}
    return {**view, "id": "V1", "state": {"values": values}}


async def _submit(slack: SlackSide, view: dict[str, Any], **more: Any) -> tuple[int, str]:
    return await slack.interact({"type": "view_submission", "view": view, **more})


def _place() -> dict[str, Any]:
    return {"team": "T1", "channel": "C1", "user": "U1", "conversation": "T1:C1:U1"}


async def test_a_thumb_below_a_direct_message(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("300 yuan.")
    await slack.send_event(direct_message("fees?"))
    [post] = await slack.posted(1)

    await slack.press(_thumb(buttons_of(post)["feedback"], "positive_button"), "D1", {"ts": post["ts"]})

    await slack.api.until(lambda: slack.api.record.ephemerals)
    assert [conversation for conversation, _ in await slack.agent.verdicts()] == ["T1:D1"]
