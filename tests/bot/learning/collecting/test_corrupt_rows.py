"""Rows that are no events: told by their ids, never by their words, and everything else is read."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.learning.tracker_log import BEGINNING, Said, feedback, turn
from bot.learning.collecting.errors import CorruptRowError
from bot.learning.collecting.log_rows import LogRow, read_row
from tests.bot.learning.collecting.conftest import Collection
from tests.bot.learning.collecting.test_pulling import FEE, QUOTA, log

ASKED = json.loads(turn("anna", BEGINNING, FEE)[0]["data"])
ANSWERED = json.loads(turn("anna", BEGINNING, FEE)[3]["data"])


def changed(data: dict[str, Any], *path: str, to: Any) -> str:
    """Returns the data of a row with one value changed."""
    changed = json.loads(json.dumps(data))
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return json.dumps(changed)


USER_ROWS = [
    "",
    "{",
    "null",
    "[]",
    "[" * 100_000,
    '{"event": "user"}',
    changed(ASKED, "text", to=None),
    changed(ASKED, "text", to=["a"]),
    changed(ASKED, "text", to="secret\0word"),
    changed(ASKED, "text", to="secret\ud800word"),
    changed(ASKED, "parse_data", to=None),
    changed(ASKED, "parse_data", to={}),
    changed(ASKED, "parse_data", "intent_ranking", to="secret"),
    changed(ASKED, "parse_data", "intent_ranking", to=[{"name": "a"}]),
    changed(ASKED, "parse_data", "intent_ranking", to=[{"name": 3, "confidence": 1}]),
    changed(ASKED, "parse_data", "intent_ranking", to=[{"name": "a", "confidence": float("nan")}]),
    changed(ASKED, "parse_data", "intent_ranking", to=[{"name": "a", "confidence": 10**400}]),
    changed(ASKED, "parse_data", "language", to=5),
    changed(ASKED, "timestamp", to=None),
    changed(ASKED, "timestamp", to="yesterday"),
    changed(ASKED, "timestamp", to=float("inf")),
    changed(ASKED, "timestamp", to=-1),
    changed(ASKED, "timestamp", to=1e300),
    changed(ASKED, "metadata", to="secret"),
    changed(ASKED, "metadata", "model_id", to=["secret"]),
    changed(ASKED, "message_id", to=[1]),
    changed(ASKED, "input_channel", to={}),
]


@pytest.mark.parametrize("data", USER_ROWS)
def test_a_corrupt_message_is_named_and_left_out(collection: Collection, data: str) -> None:
    rows = log(FEE, Said("secret"), QUOTA)
    broken = next(row for row in rows if "secret" in row["data"])
    rows[rows.index(broken)] = {**broken, "data": data}
    collection.write(rows)
    pulled = collection.pull()
    assert list(pulled.corrupt) == [rows.index({**broken, "data": data}) + 1]
    assert "secret" not in str(pulled.corrupt)
    assert [row.text for row in collection.messages()] == [FEE.text, QUOTA.text]


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[]",
        changed(ANSWERED, "data", to="secret"),
        changed(ANSWERED, "data", "custom", to=[1]),
        changed(ANSWERED, "data", "custom", "parts", to=[{}]),
        changed(ANSWERED, "data", "custom", "parts", to="secret"),
        changed(ANSWERED, "data", "custom", "facts", to=[None]),
        changed(ANSWERED, "data", "custom", "suggestions", to=[{"a": 1}]),
        changed(ANSWERED, "data", "custom", "confidence", to=[]),
        changed(ANSWERED, "data", "custom", "reply", to="half \ud83d"),
    ],
)
def test_a_message_whose_answer_is_corrupt_is_kept_as_one_without(collection: Collection, data: str) -> None:
    rows = log(FEE, QUOTA)
    rows[6]["data"] = data
    collection.write(rows)
    pulled = collection.pull()
    assert list(pulled.corrupt) == [7]
    first, second = collection.messages()
    assert (first.text, first.act, first.reply, first.topics) == (FEE.text, "failed", "", [])
    assert (second.act, second.reply) == ("answered", QUOTA.reply)


def test_a_corrupt_verdict_is_left_out(collection: Collection) -> None:
    slot = {"event": "slot", "name": "feedback", "timestamp": BEGINNING}
    row = feedback("anna", BEGINNING, "solved", "m1")
    values = [None, {}, {"verdict": "fine", "about": "a"}, {"verdict": "solved"}, {"verdict": "solved", "about": 7}]
    collection.write([*log(FEE), *({**row, "data": json.dumps({**slot, "value": value})} for value in values)])
    pulled = collection.pull()
    assert len(pulled.corrupt) == len(values)
    assert (pulled.counts.kept, pulled.counts.verdicts) == (1, 0)


def test_rows_without_data_and_bytes_that_are_no_text(collection: Collection) -> None:
    collection.write(log(FEE, Said("x"), Said("y"), QUOTA))
    collection.execute("UPDATE events SET data = NULL WHERE data LIKE '%\"text\": \"x\"%' AND type_name = 'user'")
    if collection.source.startswith("sqlite"):
        of = "data LIKE '%\"text\": \"y\"%' AND type_name = 'user'"
        collection.execute(f"UPDATE events SET data = CAST(x'7b22ff22' AS TEXT) WHERE {of}")
    pulled = collection.pull()
    assert len(pulled.corrupt) == 1 + collection.source.startswith("sqlite")
    assert [row.text for row in collection.messages() if row.text != "y"] == [FEE.text, QUOTA.text]


def test_marks_of_direction_are_left_out_and_the_message_is_kept(collection: Collection) -> None:
    collection.write(log(Said("我的电话\u202d138\u2060 0013 8000\u202c\u2069，认证多少钱")))
    pulled = collection.pull()
    (row,) = collection.messages()
    assert pulled.corrupt == {}
    assert row.text.startswith("我的电话1")
    assert "8000，" not in row.text
    assert not set(row.text) & set("\u202d\u2060\u202c\u2069")


def test_a_hostile_message_is_kept_as_it_is(collection: Collection) -> None:
    words = "<script>alert(1)</script> =HYPERLINK(1) '; DROP TABLE review_texts; -- %s {{7*7}}"
    collection.write(log(Said(words)))
    collection.pull()
    assert [row.text for row in collection.messages()] == [words]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(blacklist_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PLACES = [("text",), ("parse_data",), ("metadata",), ("timestamp",), ("message_id",), ("input_channel",)]
DEEPER = [("parse_data", name) for name in ("intent", "intent_ranking", "language", "metadata")]
REPLIES = [("data",), ("text",), *(("data", "custom", name) for name in ("parts", "facts", "reply", "confidence"))]


@given(path=st.sampled_from(PLACES + DEEPER), value=JSON)
def test_any_value_in_a_message_is_read_or_refused(path: tuple[str, ...], value: Any) -> None:
    read(LogRow(1, "anna", "user", None, changed(ASKED, *path, to=value)))


@given(path=st.sampled_from(REPLIES), value=JSON)
def test_any_value_in_an_answer_is_read_or_refused(path: tuple[str, ...], value: Any) -> None:
    read(LogRow(1, "anna", "bot", None, changed(ANSWERED, *path, to=value)))


def read(row: LogRow) -> None:
    """Reads a row; anything but a refusal is a defect."""
    with suppress(CorruptRowError):
        assert read_row(row).id == 1
