"""Replies as Block Kit, within its limits and with nothing in them that Slack would act on."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.blocks import to_posts

SOURCE = {"text": "Guide, 2014", "url": None}
WORDS = st.text(alphabet="a&<>!@ \n`认证*|", max_size=200)


def test_a_part_is_a_section_with_its_source_below() -> None:
    [post] = to_posts(_reply(_part("300 yuan.", reason="It is paid once a year.", source=SOURCE)))

    section, context = post["blocks"]
    assert (section["type"], section["text"]["text"]) == ("section", "300 yuan.\nIt is paid once a year.")
    assert (context["type"], context["elements"][0]["text"]) == ("context", "Guide, 2014")
    assert post["text"] == "the whole reply"


def test_a_source_with_an_address_is_a_link() -> None:
    source = {"text": "Tencent & co", "url": "https://kf.qq.com/faq?a=1&b=<2>|3"}

    [post] = to_posts(_reply(_part("300 yuan.", source=source)))

    link = post["blocks"][1]["elements"][0]["text"]
    assert link == "<https://kf.qq.com/faq?a=1&amp;b=&lt;2&gt;%7C3|Tencent &amp; co>"


def test_a_source_with_an_address_of_another_kind_is_none() -> None:
    [post] = to_posts(_reply(_part("300 yuan.", source={"text": "Guide", "url": "javascript:alert(1)"})))

    assert post["blocks"][1]["elements"][0]["text"] == "Guide"


def test_changes_follow_as_a_section() -> None:
    [post] = to_posts(_reply(_part("20,000 yuan.", source=SOURCE, changes=["Abolished in 2014.", "So it is said."])))

    assert [block["type"] for block in post["blocks"]] == ["section", "context", "section"]
    assert post["blocks"][2]["text"]["text"] == "Abolished in 2014.\nSo it is said."


def test_a_comparison_stands_in_columns() -> None:
    table = {"columns": ["", "订阅号", "Service"], "rows": [["Fee", "300 yuan", "300"], ["群发", "`daily`", "monthly"]]}

    [post] = to_posts(_reply(_part("They differ.", table=table)))

    assert post["blocks"][1]["text"]["text"].split("\n") == [
        "```",
        "      订阅号    Service",
        "Fee   300 yuan  300",
        "群发  'daily'   monthly",
        "```",
    ]


def test_a_comparison_with_a_cell_missing_or_too_many_is_whole() -> None:
    table = {"columns": ["a", "b"], "rows": [["1"], ["1", "2", "3"]]}

    [post] = to_posts(_reply(_part("They differ.", table=table)))

    assert post["blocks"][1]["text"]["text"].split("\n")[1:-1] == ["a  b", "1", "1  2  3"]


def test_suggestions_are_three_buttons_that_ask_them() -> None:
    [post] = to_posts(_reply(_part("300 yuan."), buttons=[_button(f"Question {n}?") for n in range(1, 5)]))

    buttons = post["blocks"][-1]["elements"]
    assert [button["value"] for button in buttons] == ["Question 1?", "Question 2?", "Question 3?"]
    assert [button["action_id"] for button in buttons] == ["suggestion_1", "suggestion_2", "suggestion_3"]
    assert buttons[0]["text"] == {"type": "plain_text", "text": "Question 1?"}


def test_a_fourth_choice_is_not_lost_where_it_asks_back() -> None:
    message = _reply(buttons=[_button(f"Topic {n}") for n in range(1, 5)])
    message["custom"]["understood"] = False

    [post] = to_posts(message)

    assert len(post["blocks"][-1]["elements"]) == 4


def test_a_long_suggestion_is_shortened_on_the_button_and_asked_whole() -> None:
    question = "问" * 76

    [post] = to_posts(_reply(buttons=[_button(question)]))

    [button] = post["blocks"][-1]["elements"]
    assert button["text"]["text"] == "问" * 74 + "…"
    assert button["value"] == question


def test_a_suggestion_that_slack_would_cut_is_left_out() -> None:
    [post] = to_posts(_reply(buttons=[_button("a" * 2001)]))

    assert [block["type"] for block in post["blocks"]] == ["section"]


def test_a_message_without_parts_is_its_text() -> None:
    [post] = to_posts({"text": "Hello <!channel>", "buttons": [_button("Fees?")]})

    assert [block["type"] for block in post["blocks"]] == ["section", "actions"]
    assert post["text"] == post["blocks"][0]["text"]["text"] == "Hello &lt;!channel&gt;"


def test_a_message_without_words_is_no_post() -> None:
    assert to_posts({}) == to_posts({"text": " \n"}) == to_posts({"text": None, "custom": {}, "buttons": []}) == []


def test_nobody_is_called_by_a_reply() -> None:
    call = "<!channel> <@U1> <https://evil.example|kf.qq.com> &lt;"
    table = {"columns": [call], "rows": [[call]]}
    part = _part(call, reason=call, source={"text": call, "url": "https://qq.com"}, changes=[call], table=table)
    message = _reply(part, buttons=[_button(call)])
    message["custom"]["reply"] = call

    [post] = to_posts(message)

    values = [button.pop("value") for button in post["blocks"][-1]["elements"]]
    sent = json.dumps(post)
    assert values == [call]
    assert sent.count("<") == sent.count("<https://qq.com|") == 1
    assert "&amp;lt;" in sent and "&lt;!channel&gt;" in sent


def test_a_section_of_3001_characters_is_two() -> None:
    [post] = to_posts(_reply(_part("a" * 3001)))

    assert [len(block["text"]["text"]) for block in post["blocks"]] == [3000, 1]


def test_escapes_count_and_are_not_cut() -> None:
    [post] = to_posts(_reply(_part("&" * 601)))

    assert [block["text"]["text"] for block in post["blocks"]] == ["&amp;" * 600, "&amp;"]


def test_a_section_is_cut_between_lines() -> None:
    [post] = to_posts(_reply(_part("\n".join(["a b " * 250] * 4))))

    assert [len(block["text"]["text"].split("\n")) for block in post["blocks"]] == [2, 2]


def test_a_long_comparison_keeps_its_columns() -> None:
    table = {"columns": ["", "Fee"], "rows": [[f"{number}", "x" * 90] for number in range(100)]}

    [post] = to_posts(_reply(_part("Many.", table=table)))

    texts = [block["text"]["text"] for block in post["blocks"][1:]]
    assert len(texts) > 1
    assert all(text.startswith("```\n") and text.endswith("\n```") and len(text) <= 3000 for text in texts)
    assert texts[0].split("\n")[1:3] == ["    Fee", "0   " + "x" * 90]


def test_51_parts_are_more_than_one_post() -> None:
    posts = to_posts(_reply(*[_part(f"Part {number}") for number in range(51)]))

    assert [len(post["blocks"]) for post in posts] == [50, 1]
    assert [post["text"] for post in posts] == ["the whole reply", "Part 50"]


def test_blocks_of_too_many_characters_are_more_than_one_post() -> None:
    posts = to_posts(_reply(*[_part("a" * 2900) for _ in range(5)], buttons=[_button("Fees?")]))

    assert len(posts) == 2
    assert posts[-1]["blocks"][-1]["type"] == "actions"


def test_buttons_alone_in_a_post_have_a_fallback() -> None:
    posts = to_posts(_reply(*[_part(f"Part {number}") for number in range(50)], buttons=[_button("Fees?")]))

    assert posts[1]["text"] == "Fees?"


def test_a_long_fallback_is_shortened() -> None:
    message = _reply(_part("300 yuan."))
    message["custom"]["reply"] = "a" * 4001

    [post] = to_posts(message)

    assert post["text"] == "a" * 3999 + "…"


@given(lead=WORDS, reason=WORDS, source=WORDS, changes=st.lists(WORDS, max_size=3), times=st.integers(1, 60))
def test_whatever_is_said_slack_takes_it(lead: str, reason: str, source: str, changes: list[str], times: int) -> None:
    part = _part(lead, reason=reason * times, source={"text": source, "url": "https://qq.com"}, changes=changes)

    for post in to_posts(_reply(part)):
        assert 0 < len(post["blocks"]) <= 50
        for block in post["blocks"]:
            text = (block.get("text") or block["elements"][0])["text"]
            assert text.strip() and len(text) <= 3000
            assert text.replace("<https://qq.com|", "", 1).count("<") == 0


def _part(lead: str, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"topic": "t", "title": "T", "reason": None, "source": None, "changes": [], "table": None}
    return {**empty, "lead": lead, **more}


def _reply(*parts: dict[str, Any], buttons: Any = ()) -> dict[str, Any]:
    reply = {"reply": "the whole reply", "understood": True, "parts": list(parts)}
    return {"text": "the whole reply", "buttons": list(buttons), "custom": reply}


def _button(question: str) -> dict[str, str]:
    return {"title": question, "payload": question}
