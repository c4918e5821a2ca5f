"""The limits of blocks: what is just within passes, one more is told with its place."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack.rehearsal.block_limits import is_too_long, message_problems, view_problems

Json = dict[str, Any]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def markup(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def button(number: int = 1, text: int = 5, **more: Any) -> Json:
    return {"type": "button", "action_id": f"a{number}", "text": plain(text), **more}


def option(text: int = 5, value: int = 5) -> Json:
    return {"text": plain(text), "value": "v" * value}


def menu(options: list[Json], **more: Any) -> Json:
    return {"type": "static_select", "action_id": "m", "options": options, **more}


def confirm(title: int = 5, text: int = 5, yes: int = 5) -> Json:
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(yes)}


def section(**more: Any) -> Json:
    return {"type": "section", "text": markup(5), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def table(rows: int, columns: int, length: int = 1) -> Json:
    cell = {"type": "raw_text", "text": "x" * length}
    return {"type": "table", "rows": [[cell] * columns] * rows}


def feedback(text: int = 4, value: int = 4) -> Json:
    part = {"text": plain(text), "value": "v" * value}
    return {"type": "feedback_buttons", "action_id": "f", "positive_button": part, "negative_button": part}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain(24), "blocks": [section()], **more}


ASKING = {"type": "input", "label": plain(5), "element": {"type": "plain_text_input", "action_id": "i"}}

# Blocks within a limit, the same with one more, and the place that is then told.
MESSAGES: list[tuple[list[Json], list[Json], str]] = [
    ([section()] * 50, [section()] * 51, "/blocks"),
    ([section(text=markup(3000))], [section(text=markup(3001))], "/blocks/0/text/text"),
    ([section(fields=[markup(1)] * 10)], [section(fields=[markup(1)] * 11)], "/blocks/0/fields"),
    ([section(fields=[markup(2000)])], [section(fields=[markup(2001)])], "/blocks/0/fields/0/text"),
    ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}], "/blocks/0/text/text"),
    (
        [{"type": "context", "elements": [markup(1)] * 10}],
        [{"type": "context", "elements": [markup(1)] * 11}],
        "/blocks/0/elements",
    ),
    (
        [actions(*(button(n) for n in range(25)))],
        [actions(*(button(n) for n in range(26)))],
        "/blocks/0/elements",
    ),
    ([actions(button(text=75))], [actions(button(text=76))], "/blocks/0/elements/0/text/text"),
    ([actions(button(value="v" * 2000))], [actions(button(value="v" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(url="u" * 3000))], [actions(button(url="u" * 3001))], "/blocks/0/elements/0/url"),
    ([actions(button(confirm=confirm(100)))], [actions(button(confirm=confirm(101)))], "/confirm/title/text"),
    ([actions(button(confirm=confirm(5, 300)))], [actions(button(confirm=confirm(5, 301)))], "/confirm/text/text"),
    ([actions(button(confirm=confirm(5, 5, 30)))], [actions(button(confirm=confirm(5, 5, 31)))], "/confirm/deny/text"),
    (
        [actions({**button(), "action_id": "a" * 255})],
        [actions({**button(), "action_id": "a" * 256})],
        "/blocks/0/elements/0/action_id",
    ),
    ([section(block_id="b" * 255)], [section(block_id="b" * 256)], "/blocks/0/block_id"),
    ([actions(menu([option()] * 100))], [actions(menu([option()] * 101))], "/blocks/0/elements/0/options"),
    ([actions(menu([option(75)]))], [actions(menu([option(76)]))], "/options/0/text/text"),
    ([actions(menu([option(5, 150)]))], [actions(menu([option(5, 151)]))], "/options/0/value"),
    (
        [actions(menu([option()], placeholder=plain(150)))],
        [actions(menu([option()], placeholder=plain(151)))],
        "/placeholder/text",
    ),
    ([table(100, 1)], [table(101, 1)], "/blocks/0/rows"),
    ([table(1, 20)], [table(1, 21)], "/blocks/0/rows/0"),
    ([table(1, 1, 10_000)], [table(2, 1, 5001)], "/blocks/0/rows"),
    ([table(1, 1)], [table(1, 1), table(1, 1)], "/blocks"),
    ([{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 12_001}], "/blocks/0/text"),
    (
        [{"type": "context_actions", "elements": [feedback()] * 5}],
        [{"type": "context_actions", "elements": [feedback()] * 6}],
        "/blocks/0/elements",
    ),
    (
        [{"type": "context_actions", "elements": [feedback(75, 2000)]}],
        [{"type": "context_actions", "elements": [feedback(75, 2001)]}],
        "/positive_button/value",
    ),
]

VIEWS: list[tuple[Json, Json, str]] = [
    (modal(), modal(title=plain(25)), "/view/title/text"),
    (modal(submit=plain(24)), modal(submit=plain(25)), "/view/submit/text"),
    (modal(close=plain(24)), modal(close=plain(25)), "/view/close/text"),
    (modal(private_metadata="m" * 3000), modal(private_metadata="m" * 3001), "/view/private_metadata"),
    (modal(callback_id="c" * 255), modal(callback_id="c" * 256), "/view/callback_id"),
    (modal(blocks=[section()] * 100), modal(blocks=[section()] * 101), "/view/blocks"),
    (modal(blocks=[ASKING], submit=plain(4)), modal(blocks=[ASKING]), "/view/submit"),
    ({"type": "home", "blocks": [section()] * 100}, {"type": "home", "blocks": [section()] * 101}, "/view/blocks"),
]


@pytest.mark.parametrize(("within", "beyond", "place"), MESSAGES, ids=[place for *_, place in MESSAGES])
def test_messages(within: list[Json], beyond: list[Json], place: str) -> None:
    assert message_problems(within) == []
    assert [problem for problem in message_problems(beyond) if problem.pointer.endswith(place)]


@pytest.mark.parametrize(("within", "beyond", "place"), VIEWS, ids=[place for *_, place in VIEWS])
def test_views(within: Json, beyond: Json, place: str) -> None:
    assert view_problems(within) == []
    assert [problem for problem in view_problems(beyond) if problem.pointer == place]


@pytest.mark.parametrize(
    "blocks",
    [
        "[]",
        [1],
        [[]],
        [{}],
        [{"type": "section"}],
        [{"type": "section", "text": "x"}],
        [{"type": "section", "text": markup(0)}],
        [{"type": "section", "text": {"type": "html", "text": "x"}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}],
        [{"type": "section", "fields": "x"}],
        [{"type": "header", "text": markup(5)}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [None]}],
        [actions(button(), button())],
        [actions(button(style="loud"))],
        [actions(menu([{}]))],
        [actions(menu([option()], initial_option=option(6)))],
        [actions(menu([], option_groups=[[]]))],
        [actions({"type": "plain_text_input", "action_id": "i"})],
        [{"type": "table", "rows": [{}]}],
        [{"type": "table", "rows": [["x"]]}],
        [table(1, 1, 0)],
        [{"type": "divider", "text": "x"}],
        [{"type": "marquee"}],
        [section(block_id="same"), section(block_id="same")],
    ],
)
def test_what_is_no_message(blocks: Any) -> None:
    assert message_problems(blocks)


def test_what_belongs_to_messages_alone() -> None:
    for block in (
        table(1, 1),
        {"type": "markdown", "text": "x"},
        {"type": "context_actions", "elements": [feedback()]},
    ):
        assert message_problems([block]) == []
        assert view_problems(modal(blocks=[block]))


def test_the_length_of_all_blocks() -> None:
    assert not is_too_long([section(text=markup(3000))] * 4)
    assert is_too_long([section(text=markup(3000))] * 5)


def test_a_problem_is_told_as_slack_tells_it() -> None:
    (problem,) = message_problems([section(text=markup(3001))])
    assert str(problem) == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
