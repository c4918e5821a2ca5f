"""The Home tab, the agent's view and the older assistant's view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Optional

import pytest

from bot.channels.slack.blocks.home import home_view
from bot.channels.slack.rehearsal.block_limits import view_problems
from bot.channels.slack.review import OpenReview
from tests.bot.channels.slack.conftest import Serve
from tests.bot.channels.slack.slack_side import SlackSide, direct_message, new_ts

REVIEW = OpenReview(7, "https://wenhao.test/review")


async def _review() -> Optional[OpenReview]:
    return REVIEW


@pytest.mark.parametrize("review", [None, REVIEW, OpenReview(7, "", 2)])
@pytest.mark.parametrize("chosen", ["auto", "zh", "en"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_slack_takes_the_tab(language: str, chosen: str, review: Optional[OpenReview]) -> None:
    assert view_problems(home_view(language, chosen, review)) == []


async def test_the_tab_says_what_wenhao_can_do(slack: SlackSide) -> None:
    home = await _opened(slack)

    words = json.dumps(home)
    assert "consultant on WeChat public accounts" in words and "How much does verification cost?" in words
    assert "wait for review" not in words


async def test_the_tab_is_in_the_language_that_a_person_has_slack_in(slack: SlackSide) -> None:
    home = await _opened(slack, "U2", "D2")

    assert "微信公众号顾问" in json.dumps(home, ensure_ascii=False)


async def test_where_slack_does_not_tell_it_is_english(slack: SlackSide) -> None:
    slack.api.fail("users.info", error="missing_scope")

    assert "Often asked" in json.dumps(await _opened(slack, "U2", "D2"))


async def test_a_chosen_language_is_kept(slack: SlackSide) -> None:
    home = await _opened(slack)
    select = _elements(home)["home_language"]
    option = next(each for each in select["options"] if each["value"] == "zh")

    await _press_home(slack, {"type": "static_select", "action_id": "home_language", "selected_option": option})

    await slack.api.until(lambda: "大家常问" in json.dumps(slack.api.record.homes["T1", "U1"], ensure_ascii=False))
    await slack.send_event(direct_message("", subtype="file_share", files=[{"id": "F1"}]))
    [post] = await slack.posted(1)
    assert post["text"].startswith("我打不开")

    automatic = {**option, "value": "auto"}
    await _press_home(slack, {"type": "static_select", "action_id": "home_language", "selected_option": automatic})
    await slack.api.until(lambda: "Often asked" in json.dumps(slack.api.record.homes["T1", "U1"]))


async def test_a_popular_question_is_answered_in_the_direct_messages(slack: SlackSide) -> None:
    home = await _opened(slack)
    button = _elements(home)["suggestion_2"]

    assert await _press_home(slack, button) == 200

    [post] = await slack.posted(1)
    assert post["channel"] == "D1"
    assert slack.agent.texts == ["How much does verification cost?"]
    assert slack.agent.messages[0].sender_id == "T1:D1"
    assert "How much does verification cost?" in post["blocks"][0]["elements"][0]["text"]


async def test_operators_see_what_waits_for_review(serve: Serve) -> None:
    async with serve(review=_review, operators="U1") as slack:
        theirs = await _opened(slack)
        assert "7 questions wait for review." in json.dumps(theirs)
        link = _elements(theirs)["home_review"]
        assert link["url"] == REVIEW.url
        assert await _press_home(slack, {"type": "button", "action_id": "home_review"}) == 200

        assert "等待审核" not in json.dumps(await _opened(slack, "U2", "D2"), ensure_ascii=False)


def test_without_an_address_the_tab_says_how_much_waits_and_links_nothing() -> None:
    words = json.dumps(home_view("en", "auto", OpenReview(7, "", 2)))
    assert "7 questions wait for review. They seem to ask 2 different things." in words
    assert "home_review" not in words


async def test_where_nothing_is_reviewed_operators_see_no_such_thing(serve: Serve) -> None:
    async with serve(operators="U1") as slack:
        assert "review" not in json.dumps(await _opened(slack))


async def test_the_agents_view_gets_its_prompts_without_a_thread(slack: SlackSide) -> None:
    await slack.send_event({"type": "app_home_opened", "user": "U2", "channel": "D2", "tab": "messages"})

    await slack.api.until(lambda: slack.api.record.prompts)
    [prompts] = slack.api.record.prompts
    assert "thread_ts" not in prompts and prompts["shown"]
    assert [each["message"] for each in prompts["prompts"]][1] == "微信认证要多少钱？"
    assert ("T1", "U2") not in slack.api.record.homes


async def test_the_assistants_view_gets_its_prompts_in_the_thread(slack: SlackSide) -> None:
    slack.api.has_agent_view = False
    ts = await _thread_started(slack)

    await slack.api.until(lambda: slack.api.record.prompts)
    [prompts] = slack.api.record.prompts
    assert (prompts["channel_id"], prompts["thread_ts"], prompts["shown"]) == ("D1", ts, True)


async def test_an_assistants_thread_is_a_conversation_with_a_status(slack: SlackSide) -> None:
    slack.api.has_agent_view = False
    ts = await _thread_started(slack)

    await slack.send_event(direct_message("fees?", thread_ts=ts))
    await slack.send_event(direct_message("认证费用？"))

    posts = await slack.posted(2)
    assert {post.get("thread_ts") for post in posts} == {ts, None}
    assert {message.sender_id for message in slack.agent.messages} == {f"T1:D1:{ts}", "T1:D1"}
    [status] = slack.api.record.statuses
    assert (status["thread_ts"], status["status"]) == (ts, "is looking it up…")


@pytest.mark.parametrize("method", ["assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts"])
async def test_errors_of_the_assistants_view_hinder_no_answer(slack: SlackSide, method: str) -> None:
    slack.api.has_agent_view = False
    slack.api.fail(method, error="missing_scope", times=5)
    ts = await _thread_started(slack)

    await slack.send_event(direct_message("fees?", thread_ts=ts))

    [post] = await slack.posted(1)
    assert post["text"] == "About fees?"


async def test_a_changed_context_is_accepted(slack: SlackSide) -> None:
    event = {
        "type": "assistant_thread_context_changed",
        "assistant_thread": {"channel_id": "D1", "thread_ts": new_ts()},
    }

    assert await slack.send_event(event) == 200
    assert await slack.asked_so_far() == []


async def _opened(slack: SlackSide, user: str = "U1", channel: str = "D1") -> dict[str, Any]:
    await slack.send_event({"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"})
    await slack.api.until(lambda: ("T1", user) in slack.api.record.homes)
    return slack.api.record.homes["T1", user]


def _elements(home: Mapping[str, Any]) -> dict[str, Any]:
    view = home.get("view", home)
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return {element["action_id"]: element for row in rows for element in row}


async def _press_home(slack: SlackSide, action: Mapping[str, Any]) -> int:
    container = {"type": "view", "view_id": "V1"}
    payload = {"type": "block_actions", "container": container, "actions": [{**action, "action_ts": new_ts()}]}
    status, _ = await slack.interact(payload)
    return status


async def _thread_started(slack: SlackSide) -> str:
    ts = new_ts()
    thread = {"user_id": "U1", "channel_id": "D1", "thread_ts": ts, "context": {}}
    assert await slack.send_event({"type": "assistant_thread_started", "assistant_thread": thread}) == 200
    return ts
