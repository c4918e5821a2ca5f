"""Comparisons: as a table where Slack takes one, in columns of a font of one width where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack.blocks.posts import to_posts
from bot.channels.slack.blocks.table import table_blocks, without_table
from bot.channels.slack.rehearsal.block_limits import is_too_long, message_problems

COMPARISON = {
    "columns": ["", "订阅号", "Service"],
    "rows": [["Fee", "300 yuan", "300"], ["群发", "`daily`", "monthly"]],
}


def test_a_comparison_is_a_table() -> None:
    [block] = table_blocks(COMPARISON)

    assert message_problems([block]) == []
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [
        [" ", "订阅号", "Service"],
        ["Fee", "300 yuan", "300"],
        ["群发", "`daily`", "monthly"],
    ]
    assert block["column_settings"] == [{"align": "left", "is_wrapped": True}] * 3


def test_rows_of_unequal_length_are_filled_up() -> None:
    [block] = table_blocks({"columns": ["a", "b"], "rows": [["1"], ["1", "2", "3"]]})

    assert [len(row) for row in block["rows"]] == [3, 3, 3]
    assert message_problems([block]) == []


def test_in_columns_a_chinese_character_takes_two_places() -> None:
    [block] = without_table(table_blocks(COMPARISON))

    assert block["text"]["text"].split("\n") == [
        "```",
        "      订阅号    Service",
        "Fee   300 yuan  300",
        "群发  'daily'   monthly",
        "```",
    ]


@pytest.mark.parametrize(
    "table",
    [
        {"columns": ["", "b"], "rows": [[f"{number}", "x"] for number in range(100)]},
        {"columns": [f"{number}" for number in range(21)], "rows": [["x"] * 21]},
        {"columns": ["", "b"], "rows": [["a", "x" * 10_000]]},
    ],
    ids=["101 rows", "21 columns", "10,000 characters"],
)
def test_a_comparison_beyond_the_limits_stands_in_columns(table: dict[str, Any]) -> None:
    blocks = table_blocks(table)

    assert {block["type"] for block in blocks} == {"section"}
    for post in to_posts(blocks, "compared"):
        assert message_problems(post["blocks"]) == [] and not is_too_long(post["blocks"])


def test_a_comparison_at_the_limits_is_a_table() -> None:
    [block] = table_blocks({"columns": ["a"] * 20, "rows": [["b"] * 20] * 99})

    assert block["type"] == "table" and message_problems([block]) == []


def test_a_long_comparison_keeps_its_columns() -> None:
    table = {"columns": ["", "Fee"], "rows": [[f"{number}", "x" * 90] for number in range(100)]}

    texts = [block["text"]["text"] for block in table_blocks(table)]

    assert len(texts) > 1
    assert all(text.startswith("```\n") and text.endswith("\n```") and len(text) <= 3000 for text in texts)
    assert texts[0].split("\n")[1:3] == ["    Fee", "0   " + "x" * 90]


def test_a_message_holds_one_table() -> None:
    posts = to_posts([*table_blocks(COMPARISON), *table_blocks(COMPARISON)], "two")

    assert [message_problems(post["blocks"]) for post in posts] == [[], []]
    assert posts[1]["text"] == "订阅号 · Service"


def test_a_post_with_a_table_has_a_simpler_form() -> None:
    [post] = to_posts(table_blocks(COMPARISON), "compared")

    [simpler] = post["simpler"]
    assert {block["type"] for block in simpler["blocks"]} == {"section"}
    assert message_problems(simpler["blocks"]) == []
