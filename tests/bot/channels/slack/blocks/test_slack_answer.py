"""Answers as Block Kit, within its limits and with nothing in them that Slack would act on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.blocks.answer import Setting, answer_posts
from bot.channels.slack.rehearsal.block_limits import is_too_long, message_problems
from tests.bot.channels.slack.slack_side import buttons_of

KEY = "T1:C1:1700000000.000001"
SETTING = Setting(about=KEY, conversation=KEY, language="en")
SOURCE = {"text": "Guide, 2014", "url": None}
WORDS = st.text(alphabet="a&<>!@ \n`认证*|", max_size=200)


def test_an_answer_is_a_section_with_its_source_in_small_print() -> None:
    [post] = posts(part("300 yuan.", reason="It is paid once a year.", source=SOURCE))

    section, context, thumbs = post["blocks"]
    assert (section["type"], section["text"]["text"]) == ("section", "300 yuan.\nIt is paid once a year.")
    assert (context["type"], context["elements"][0]["text"]) == ("context", "Guide, 2014")
    assert thumbs["type"] == "context_actions"
    assert post["text"] == "the whole reply"


def test_a_source_with_an_address_is_a_link() -> None:
    source = {"text": "Tencent & co", "url": "https://kf.qq.com/faq?a=1&b=<2>|3"}

    [post] = posts(part("300 yuan.", source=source))

    link = post["blocks"][1]["elements"][0]["text"]
    assert link == "<https://kf.qq.com/faq?a=1&amp;b=&lt;2&gt;%7C3|Tencent &amp; co>"


def test_a_source_with_an_address_of_another_kind_is_none() -> None:
    [post] = posts(part("300 yuan.", source={"text": "Guide", "url": "javascript:alert(1)"}))

    assert post["blocks"][1]["elements"][0]["text"] == "Guide"


def test_what_changed_since_is_set_apart() -> None:
    [post] = posts(part("20,000 yuan.", source=SOURCE, changes=["Abolished in 2014.", "So it is said."]))

    assert [block["type"] for block in post["blocks"][:3]] == ["section", "context", "section"]
    assert post["blocks"][2]["text"]["text"] == "> Abolished in 2014.\n> So it is said."


def test_a_long_change_goes_on_in_a_second_section() -> None:
    [post] = posts(part("20,000 yuan.", changes=["a" * 3500, "b"]))

    texts = [block["text"]["text"] for block in post["blocks"][1:-1]]
    assert [len(text) for text in texts] == [3000, 508]
    assert all(line.startswith("> ") for text in texts for line in text.split("\n"))


def test_several_parts_have_their_titles_and_keep_their_order() -> None:
    [post] = posts(part("300 yuan.", title="Fee & co"), part("A week.", title="Time"))

    texts = [block["text"]["text"] for block in post["blocks"] if block["type"] == "section"]
    assert texts == ["*Fee &amp; co*", "300 yuan.", "*Time*", "A week."]


def test_suggestions_are_three_buttons_that_ask_them() -> None:
    [post] = posts(part("300 yuan."), buttons=[button(f"Question {n}?") for n in range(1, 5)])

    row = buttons_of(post)
    assert [row[f"suggestion_{n}"]["value"] for n in range(1, 4)] == ["Question 1?", "Question 2?", "Question 3?"]
    assert row["suggestion_1"]["text"] == {"type": "plain_text", "text": "Question 1?"}
    assert "suggestion_4" not in row


def test_a_fourth_choice_is_not_lost_where_it_asks_back() -> None:
    [post] = posts(buttons=[button(f"Topic {n}") for n in range(1, 5)], understood=False)

    assert len(post["blocks"][-1]["elements"]) == 4


def test_a_long_suggestion_is_shortened_on_the_button_and_asked_whole() -> None:
    question = "问" * 76

    [post] = posts(buttons=[button(question)])

    [shown] = post["blocks"][-1]["elements"]
    assert shown["text"]["text"] == "问" * 74 + "…"
    assert shown["value"] == question


def test_a_suggestion_that_slack_would_cut_is_left_out() -> None:
    [post] = posts(buttons=[button("a" * 2001)])

    assert [block["type"] for block in post["blocks"]] == ["section"]


def test_thumbs_carry_what_they_judge() -> None:
    [post] = posts(part("300 yuan."))

    thumbs = buttons_of(post)["feedback"]
    assert json.loads(thumbs["positive_button"]["value"]) == {"verdict": "solved", "about": KEY, "conversation": KEY}
    assert json.loads(thumbs["negative_button"]["value"])["verdict"] == "unsolved"


def test_where_it_asks_back_there_is_nothing_to_judge() -> None:
    [post] = posts(buttons=[button("Topic")], understood=False)

    assert "feedback" not in buttons_of(post)


@pytest.mark.parametrize(("can_call", "shown"), [(True, True), (False, False)])
def test_a_person_can_be_asked_for_where_there_is_one(can_call: bool, shown: bool) -> None:
    [post] = posts(part("300 yuan."), can_call=can_call)

    assert ("person" in buttons_of(post)) is shown


def test_an_offered_person_comes_first_and_stands_out() -> None:
    [post] = posts(buttons=[button("Topic")], understood=False, person="offered", can_call=True)

    words, row = post["blocks"][1], post["blocks"][2]
    assert words["text"]["text"].startswith("I could not help you twice")
    assert (row["elements"][0]["action_id"], row["elements"][0]["style"]) == ("person", "primary")
    assert [element["action_id"] for element in post["blocks"][3]["elements"]] == ["suggestion_1"]


def test_nobody_is_offered_where_there_is_nobody() -> None:
    [post] = posts(buttons=[button("Topic")], understood=False, person="offered")

    assert list(buttons_of(post)) == ["suggestion_1"]


def test_an_answer_for_one_alone_can_be_shared() -> None:
    [post] = posts(part("300 yuan."), can_share=True)

    assert buttons_of(post)["share"]["value"] == KEY


def test_a_question_that_nobody_sees_is_named() -> None:
    [post] = posts(part("300 yuan."), asked="fees & <co>?")

    assert post["blocks"][0]["elements"][0] == {"type": "plain_text", "text": "Question: fees &amp; &lt;co&gt;?"}


def test_a_message_without_parts_is_its_text() -> None:
    [post] = answer_posts({"text": "Hello <!channel>", "buttons": [button("Fees?")]}, SETTING)

    assert [block["type"] for block in post["blocks"]] == ["section", "actions"]
    assert post["text"] == post["blocks"][0]["text"]["text"] == "Hello &lt;!channel&gt;"


@pytest.mark.parametrize("message", [{}, {"text": " \n"}, {"text": None, "custom": {}, "buttons": []}])
@pytest.mark.parametrize("asked", ["", "fees?"])
def test_a_message_without_words_is_no_post(message: dict[str, Any], asked: str) -> None:
    assert answer_posts(message, replace(SETTING, asked=asked, can_share=True)) == []


def test_nobody_is_called_by_a_reply() -> None:
    call = "<!channel> <@U1> <https://evil.example|kf.qq.com> &lt;"
    table = {"columns": [call], "rows": [[call]]}
    source = {"text": call, "url": "https://qq.com"}
    one = part(call, reason=call, source=source, changes=[call], table=table, title=call)

    [post] = posts(one, part("b"), buttons=[button(call)], asked=call, reply=call)

    for block in post["blocks"]:
        if block["type"] == "table":
            # Raw text is shown as it is.
            block.clear()
        for element in block.get("elements", []):
            element.pop("value", None)
    sent = json.dumps({**post, "simpler": []})
    assert sent.count("<") == sent.count("<https://qq.com|") == 1
    assert "&amp;lt;" in sent and "&lt;!channel&gt;" in sent


def test_a_section_of_3001_characters_is_two() -> None:
    [post] = posts(part("a" * 3001))

    assert [len(block["text"]["text"]) for block in post["blocks"][:2]] == [3000, 1]


def test_escapes_count_and_are_not_cut() -> None:
    [post] = posts(part("&" * 601))

    assert [block["text"]["text"] for block in post["blocks"][:2]] == ["&amp;" * 600, "&amp;"]


def test_a_section_is_cut_between_lines() -> None:
    [post] = posts(part("\n".join(["a b " * 250] * 4)))

    assert [len(block["text"]["text"].split("\n")) for block in post["blocks"][:2]] == [2, 2]


def test_more_than_50_blocks_are_more_than_one_post() -> None:
    found = posts(*[part(f"Part {number}") for number in range(25)], buttons=[button("Fees?")])

    assert [len(post["blocks"]) for post in found] == [50, 2]
    assert [post["text"] for post in found] == ["the whole reply", "Fees?"]


def test_blocks_of_too_many_characters_are_more_than_one_post() -> None:
    found = posts(*[part("a" * 2900) for _ in range(5)], buttons=[button("Fees?")])

    assert len(found) == 2
    assert found[-1]["blocks"][-1]["type"] == "context_actions"


def test_thumbs_alone_in_a_post_have_a_fallback() -> None:
    found = posts(*[part(f"Part {number}") for number in range(25)])

    assert [len(post["blocks"]) for post in found] == [50, 1]
    assert found[1]["text"] == "👍 Helpful"


def test_forty_thousand_characters_are_said_in_order() -> None:
    text = " ".join(f"word{number}" for number in range(5000))

    found = posts(part(text))

    said = " ".join(b["text"]["text"] for post in found for b in post["blocks"] if b["type"] == "section")
    assert said == text


def test_a_long_fallback_is_shortened() -> None:
    [post] = posts(part("300 yuan."), reply="a" * 4001)

    assert post["text"] == "a" * 3999 + "…"


@given(lead=WORDS, reason=WORDS, source=WORDS, changes=st.lists(WORDS, max_size=3), times=st.integers(1, 60))
def test_whatever_is_said_slack_takes_it(lead: str, reason: str, source: str, changes: list[str], times: int) -> None:
    one = part(lead, reason=reason * times, source={"text": source, "url": "https://qq.com"}, changes=changes)

    for post in posts(one):
        for block in post["blocks"]:
            for text in texts_of(block):
                assert text.strip()
                assert text.replace("<https://qq.com|", "", 1).count("<") == 0


def posts(*parts: dict[str, Any], buttons: Any = (), **more: Any) -> list[dict[str, Any]]:
    """Returns the posts of a reply, each of which Slack takes. `more` is of the reply object or of the setting."""
    reply = {"reply": "the whole reply", "understood": True, "parts": list(parts)}
    reply |= {name: more.pop(name) for name in ("reply", "understood", "person") if name in more}
    message = {"text": "the whole reply", "buttons": list(buttons), "custom": reply}
    found = answer_posts(message, replace(SETTING, **more))
    for post in found:
        assert message_problems(post["blocks"]) == []
        assert not is_too_long(post["blocks"])
        assert 0 < len(post["text"]) <= 4000
    return found


def part(lead: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"topic": "t", "title": "T", "reason": None, "source": None, "changes": [], "table": None}
    return {**empty, "lead": lead, **more}


def button(question: str) -> dict[str, str]:
    return {"title": question, "payload": question}


def texts_of(block: dict[str, Any]) -> list[str]:
    if block["type"] == "section":
        return [block["text"]["text"]]
    return [element["text"] for element in block["elements"] if block["type"] == "context"]
