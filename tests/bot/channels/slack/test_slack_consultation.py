"""The consultation as a modal: opened by a command or in the Home tab, answered once with the whole result."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Optional

import pytest

from actions.rule_table.table import RuleTable
from bot.channels.slack.blocks.modals.consultation import answers_in, consultation_modal
from bot.channels.slack.rehearsal.block_limits import view_problems
from tests.bot.channels.slack.slack_side import SlackSide, buttons_of, new_ts, pressed_ephemeral, reply
from tests.talking import Bot

ANSWERS = {"purpose": 2, "owner": 1, "company": 1}
MORE = "turnover 200,000 yuan a month"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_slack_takes_the_modal_with_every_question_and_choice(table: RuleTable, language: str) -> None:
    view = consultation_modal(table.questions.values(), language, {})

    assert view_problems(view) == []
    assert all(block["optional"] for block in view["blocks"])
    [*menus, _] = view["blocks"]
    shown = {block["label"]["text"]: [each["text"]["text"] for each in block["element"]["options"]] for block in menus}
    assert shown == {
        getattr(question.ask, language): [getattr(choice.says, language) for choice in question.choices]
        for question in table.questions.values()
    }


def test_what_is_submitted_are_numbers_by_question(table: RuleTable) -> None:
    view = consultation_modal(table.questions.values(), "en", {})

    assert answers_in(_filled(view, ANSWERS, f" {MORE}\n")) == (ANSWERS, MORE)
    assert answers_in(_filled(view, {})) == ({}, "")


@pytest.mark.parametrize(
    ("word", "title"),
    [("advise", "Consultation"), ("Advise ", "Consultation"), ("咨询", "开号咨询"), ("諮詢", "开号咨询")],
)
async def test_a_command_opens_it(slack: SlackSide, word: str, title: str) -> None:
    assert await slack.command(word) == (200, "")

    assert (await _opened(slack))["title"]["text"] == title
    assert slack.agent.texts == []


async def test_the_answers_come_to_the_bot_once(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("A service account.", recommendation="service")
    await slack.command("advise")
    view = await _opened(slack)

    for _ in range(2):
        assert await _submit(slack, _filled(view, ANSWERS, MORE)) == (200, "")

    [result] = await slack.responded(1)
    await slack.asked_so_far()
    [asked] = [message for message in slack.agent.messages if message.text != "last of all"]
    assert asked.text == f"Show the result now\n{MORE}"
    assert asked.metadata == {"answers": ANSWERS, "person": "T1:U1"}
    assert asked.sender_id == "T1:C1:U1"
    assert len(slack.api.record.responses) == 1
    assert (result["response_type"], result["user"]) == ("ephemeral", "U1")
    told = result["blocks"][0]["elements"][0]["text"]
    assert f"Selling and taking payments · A company · Not listed · {MORE}" in told


async def test_two_submissions_at_once_count_once(slack: SlackSide) -> None:
    await slack.command("advise")
    view = _filled(await _opened(slack), ANSWERS)

    await asyncio.gather(*(_submit(slack, view) for _ in range(5)))

    await slack.responded(1)
    assert await slack.asked_so_far() == ["Show the result now"]


async def test_the_result_can_be_shared_to_the_channel(slack: SlackSide) -> None:
    slack.agent.reply = lambda text: reply("A service account.")
    await slack.command("advise")
    await _submit(slack, _filled(await _opened(slack), ANSWERS))
    [result] = await slack.responded(1)

    await slack.interact(
        pressed_ephemeral(buttons_of(result)["share"], "C1", slack.api.new_response_url("C1"), user={"id": "U1"})
    )

    [post] = await slack.posted(1)
    assert (post["channel"], post["text"]) == ("C1", "A service account.")
    assert "Which account suits us? Selling and taking payments" in json.dumps(post, ensure_ascii=False)


async def test_words_alone_are_enough_and_make_no_mention(slack: SlackSide) -> None:
    await slack.command("咨询")

    await _submit(slack, _filled(await _opened(slack), {}, "<!channel> 我们卖茶叶"))

    [result] = await slack.responded(1)
    assert slack.agent.texts == ["直接给结果\n<!channel> 我们卖茶叶"]
    assert "<!channel>" not in json.dumps([block for block in result["blocks"] if block["type"] == "section"])
    assert result["blocks"][0]["elements"][0]["type"] == "plain_text"


async def test_nothing_chosen_is_told_in_the_modal(slack: SlackSide) -> None:
    await slack.command("advise")
    view = await _opened(slack)

    status, body = await _submit(slack, _filled(view, {}, "  "))

    assert status == 200
    told = json.loads(body)
    assert (told["response_action"], list(told["errors"])) == ("errors", ["question:purpose"])
    assert told["errors"]["question:purpose"].startswith("Please choose")

    # The modal is still open, and what is chosen then counts.
    await _submit(slack, _filled(view, ANSWERS))
    await slack.responded(1)
    assert await slack.asked_so_far() == ["Show the result now"]


async def test_a_number_that_is_no_choice_is_none(slack: SlackSide) -> None:
    await slack.command("advise")

    _, body = await _submit(slack, _filled(await _opened(slack), {"purpose": 99}))

    assert json.loads(body)["response_action"] == "errors"


async def test_a_submission_of_another_shape_is_counted(slack: SlackSide, caplog: pytest.LogCaptureFixture) -> None:
    await slack.command("advise")
    view = await _opened(slack)

    for values in ({"question:purpose": {}}, {"question:purpose": {"question:purpose": {"value": "two"}}}, []):
        assert await _submit(slack, {**view, "state": {"values": values}}) == (200, "")

    assert "a submitted view that is not ours" in caplog.text
    assert await slack.asked_so_far() == []


async def test_a_command_too_old_for_a_modal_is_told(slack: SlackSide) -> None:
    slack.api.fail("views.open", error="expired_trigger_id")

    await slack.command("咨询")

    [told] = await slack.responded(1)
    assert told["response_type"] == "ephemeral"
    assert told["text"].startswith("That took too long")


@pytest.mark.parametrize(("user", "channel", "title"), [("U1", "D1", "Consultation"), ("U2", "D2", "开号咨询")])
async def test_the_home_tab_opens_it_and_the_result_comes_directly(
    slack: SlackSide, user: str, channel: str, title: str
) -> None:
    await _press_home(slack, user, channel)
    view = await _opened(slack)
    assert view["title"]["text"] == title

    await _submit(slack, _filled(view, ANSWERS), user)

    [post] = await slack.posted(1)
    assert post["channel"] == channel
    assert "share" not in buttons_of(post)
    assert slack.agent.messages[0].sender_id == f"T1:{channel}"


async def test_a_press_too_old_for_a_modal_is_told_directly(slack: SlackSide) -> None:
    slack.api.fail("views.open", error="expired_trigger_id")

    await _press_home(slack, "U1", "D1")

    [post] = await slack.posted(1)
    assert post["channel"] == "D1" and post["text"].startswith("That took too long")


@pytest.mark.parametrize(("language", "says"), [("en", "14,400 to 48,000 yuan"), ("zh", "支付手续费14,400至48,000元")])
def test_the_real_bot_gives_the_result_at_once(bot: Bot, language: str, says: str) -> None:
    words = {"en": f"Show the result now\n{MORE}", "zh": "直接给结果\n每月营业额20万元"}[language]

    answered = bot.ask(words, answers=ANSWERS)

    assert (answered["recommendation"], answered["language"]) == ("service", language)
    assert answered["plan"]["recommendation"]["account"] == "service"
    assert {"pay.eligibility", "pay.deposit", "verification.fee"} <= set(answered["facts"])
    assert says in answered["reply"]


def test_where_the_answers_tell_too_little_the_real_bot_asks_on(bot: Bot) -> None:
    conversation = "form that tells little"

    first = bot.ask("直接给结果", conversation, answers={"owner": 1})
    (*_, last) = [bot.ask(text, conversation) for text in ("发资讯和文章", "直接给结果")]

    assert "公众号主要用来做什么" in first["reply"] and first["recommendation"] is None
    assert last["recommendation"] == "subscription"


def test_a_second_form_begins_anew_with_the_real_bot(bot: Bot) -> None:
    conversation = "two forms"
    bot.ask("Show the result now", conversation, answers={"purpose": 2, "owner": 2})

    answered = bot.ask("Show the result now", conversation, answers={"purpose": 1, "owner": 1, "frequency": 1})

    assert answered["recommendation"] == "subscription"
    assert "take payments" not in answered["reply"]


async def _opened(slack: SlackSide) -> dict[str, Any]:
    await slack.api.until(lambda: slack.api.record.views)
    view: dict[str, Any] = slack.api.record.views[0]["view"]
    return view


def _filled(view: Mapping[str, Any], answers: Mapping[str, int], more: Optional[str] = None) -> dict[str, Any]:
    """Returns a view as Slack submits it, with some menus chosen from and something written or not."""
    values = {}
    for block in view["blocks"]:
        name = block["block_id"]
        number = answers.get(name.partition(":")[2])
        chosen = {"value": str(number)} if number else None
        is_menu = block["element"]["type"] == "static_select"
        values[name] = {block["element"]["action_id"]: {"selected_option": chosen} if is_menu else {"value": more}}
    return {"id": "V1", **view, "state": {"values": values}}


async def _submit(slack: SlackSide, view: Mapping[str, Any], user: str = "U1") -> tuple[int, str]:
    return await slack.interact({"type": "view_submission", "view": view, "user": {"id": user}})


async def _press_home(slack: SlackSide, user: str, channel: str) -> None:
    await slack.send_event({"type": "app_home_opened", "user": user, "channel": channel, "tab": "home"})
    await slack.api.until(lambda: ("T1", user) in slack.api.record.homes)
    blocks = slack.api.record.homes["T1", user]["blocks"]
    elements = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    button = next(each for each in elements if each["action_id"] == "home_advise")
    action = {**button, "action_ts": new_ts()}
    payload = {"type": "block_actions", "container": {"type": "view", "view_id": "V1"}, "actions": [action]}
    trigger = slack.api.new_trigger(user, channel)
    assert (await slack.interact({**payload, "user": {"id": user}, "trigger_id": trigger}))[0] == 200
