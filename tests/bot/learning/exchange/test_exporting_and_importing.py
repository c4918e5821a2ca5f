"""The queue out as JSON lines, and labels back as decisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.errors import WenhaoError
from bot.learning.database import ReviewDatabase
from bot.learning.deciding.errors import DecisionError, StaleDecisionError
from bot.learning.exchange.exporting import export_lines
from bot.learning.exchange.importing import import_labels, read_labels
from bot.learning.queueing.refreshing import refresh
from bot.learning.states import State
from bot.settings import Settings
from tests.bot.learning.asking import UNSURE, ask, clock, set_state
from tests.bot.learning.reviewing import text_row

HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>\u202e\u2028 what is this'


def _file(folder: Path, *lines: Any) -> Path:
    file = folder / "labels.jsonl"
    told = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
    return file


def test_what_waits_is_exported_and_comes_back_labelled(
    database: ReviewDatabase, settings: Settings, tmp_path: Path
) -> None:
    first = ask(database, HOSTILE, ["ann", "bob"], act="refused", ranking=UNSURE)
    second = ask(database, "菜单里能放链接吗", act="asked back", ranking=UNSURE)
    third = ask(database, "how do I print money", act="refused", days_ago=9)
    refresh(database, [], "", clock)
    with database.begin() as connection:
        lines = list(export_lines(connection))
        assert [line["id"] for line in export_lines(connection, "zh")] == [second]

    assert [line["id"] for line in lines] == [first, second, third]
    assert lines[0]["text"] == HOSTILE and lines[0]["label"] == "" and lines[0]["people"] == 2
    assert lines[0]["proposed"] == [{"label": "ask_menu", "score": 0.5}, {"label": "greet", "score": 0.3}]

    lines[0]["label"] = "ask_menu"
    lines[1]["label"] = ["out_of_scope"]
    file = _file(tmp_path, *lines)
    found = read_labels(database, settings, [file])
    assert found.bad == [] and found.without == 1
    decided = import_labels(database, found.labels, "eve")

    assert set(decided.texts) == {first, second}
    row = text_row(database, first)
    assert (row["state"], row["intent"], row["text"], row["version"]) == ("labelled", "ask_menu", HOSTILE, 1)
    assert text_row(database, second)["intent"] == "out_of_scope"
    assert text_row(database, third)["state"] == "new"


def test_a_text_is_found_by_what_it_says(database: ReviewDatabase, settings: Settings, tmp_path: Path) -> None:
    which = ask(database, "Can it send faxes?", act="refused")
    file = _file(tmp_path, {"text": "can it send faxes", "language": "en", "label": "ask_menu"})
    [label] = read_labels(database, settings, [file]).labels
    assert (label.text_id, label.intent) == (which, "ask_menu")


def test_each_bad_line_is_named(database: ReviewDatabase, settings: Settings, tmp_path: Path) -> None:
    which = ask(database, "can it send faxes", act="refused")
    decided = ask(database, "how do I print money", act="refused")
    set_state(database, decided, State.IGNORED.value)
    bad = {
        "no JSON": '{"id": 1,',
        "JSON object": "[]",
        "no text 99": {"id": 99, "label": "ask_menu"},
        "must be the number": {"id": "x", "label": "ask_menu"},
        "no intent 'ask_manu'": {"id": which, "label": "ask_manu"},
        "must be one intent": {"id": which, "label": ["ask_menu", "greet"]},
        "is ignored already": {"id": decided, "label": "ask_menu"},
        "names no text": {"label": "ask_menu"},
        '"language" is missing': {"text": "can it send faxes", "label": "ask_menu"},
        "nobody asked this": {"text": "can it fly", "language": "en", "label": "ask_menu"},
    }
    file = _file(tmp_path, {"id": which, "label": "ask_menu"}, *bad.values(), {"id": which, "label": "greet"})

    found = read_labels(database, settings, [file])
    assert [label.text_id for label in found.labels] == [which]
    for number, (line, words) in enumerate(zip(found.bad, [*bad, "has the label 'ask_menu'"], strict=True), start=2):
        assert line.startswith(f"{file}:{number}: ") and words in line
    assert text_row(database, which)["state"] == "new"


def test_a_file_that_is_none_is_said(database: ReviewDatabase, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(WenhaoError, match="can't be read"):
        read_labels(database, settings, [tmp_path / "nothing"])
    with pytest.raises(DecisionError, match="no line has a label"):
        import_labels(database, [], "eve")


def test_all_labels_are_taken_or_none(database: ReviewDatabase, settings: Settings, tmp_path: Path) -> None:
    one = ask(database, "can it send faxes", act="refused")
    two = ask(database, "how do I print money", act="refused")
    file = _file(tmp_path, {"id": one, "label": "ask_menu"}, {"id": two, "label": "greet"})
    labels = read_labels(database, settings, [file]).labels
    set_state(database, two, State.SKIPPED.value)

    with pytest.raises(StaleDecisionError):
        import_labels(database, labels, "eve")
    assert text_row(database, one)["state"] == "new"
    assert text_row(database, two)["state"] == "skipped"
