"""Charts: every text escaped, nothing in them but shapes, and figures that are right."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bot.learning import deciding
from bot.learning.database import ReviewDatabase
from bot.review.charts import Cell, Point, Series, draw_bars, draw_grid, draw_lines, draw_map
from bot.review.figures import DAY, WEEKS, answered_over_time, languages, map_of, queue_over_time
from tests.bot.review.filled import HOSTILE, Filler, fill

SVG = "{http://www.w3.org/2000/svg}"
NAMES = (("en", "English"), ("zh", "Chinese"))


@pytest.fixture
def database(tmp_path: Path) -> ReviewDatabase:
    return ReviewDatabase(f"sqlite:///{tmp_path / 'review.db'}")


@pytest.mark.parametrize(
    "picture",
    [
        draw_lines(HOSTILE, [HOSTILE, "b"], [Series(HOSTILE, [1.0, None]), Series("none", [None, None])], str),
        draw_lines("no values", [], [], str),
        draw_bars(HOSTILE, [(HOSTILE, 3.0), ("none", 0.0)], str),
        draw_grid(HOSTILE, [Cell(HOSTILE, "b", 3), Cell("a", HOSTILE, 1)], HOSTILE, HOSTILE),
        draw_grid("no cells", [], "rows", "columns"),
        draw_map(HOSTILE, [Point(0, 0, 1, HOSTILE, '/groups/1"onmouseover="x'), Point(0, 0, 2, "b", "/")]),
        draw_map("no points", []),
    ],
)
def test_pictures_are_sound_and_hold_shapes_alone(picture: str) -> None:
    root = ET.fromstring(picture)
    assert root.get("aria-label")
    for each in root.iter():
        assert each.tag.removeprefix(SVG) in {"svg", "line", "text", "path", "circle", "title", "rect", "a"}
        assert not [name for name in each.attrib if name.startswith("on") or name in ("style", "class")]
        assert "nan" not in "".join(each.attrib.values())


def test_a_line_goes_through_its_values() -> None:
    root = ET.fromstring(draw_lines("t", ["a", "b", "c"], [Series("s", [0, 5, 10])], str))
    heights = [float(dot.get("cy", "")) for dot in root.iter(f"{SVG}circle")]
    assert heights[0] > heights[1] > heights[2]
    assert heights[1] == pytest.approx((heights[0] + heights[2]) / 2)
    assert [title.text for title in root.iter(f"{SVG}title")] == ["a · s: 0", "b · s: 5", "c · s: 10"]


def test_queue_over_time_counts_what_waits_and_what_is_decided(database: ReviewDatabase) -> None:
    fill(database)
    before = deciding.ignore(database, {1: 0, 2: 0}, "Ann")
    deciding.skip(database, {3: 0}, "Ann")
    with database.begin() as connection:
        found = queue_over_time(connection, "waiting", "decided")
    waiting, decided = (line.values for line in found.series)
    assert len(found.labels) == len(waiting) == WEEKS
    assert (waiting[-1], decided[-1]) == (14, 2)
    assert (waiting[-3], decided[-3], waiting[-4]) == (16, 0, 0), "they came twenty days ago"
    deciding.reopen(database, before.texts, "Ann")
    with database.begin() as connection:
        found = queue_over_time(connection, "waiting", "decided")
    assert (found.series[0].values[-1], found.series[1].values[-1]) == (16, 0)


def test_share_answered_by_week_and_language(database: ReviewDatabase) -> None:
    now = time.time()
    with database.begin() as connection:
        filler = Filler(connection)
        text = filler.text("a question", "en", None)
        for days, act in ((8, "answered"), (8, "answered several"), (9, "refused"), (9, "talked"), (10, "failed")):
            filler.message(text, "a question", "p", now - days * DAY, act=act)
        found = answered_over_time(connection, NAMES)
        counted = languages(connection, NAMES)
    english, chinese = (line.values for line in found.series)
    assert english[-2] == 0.5 and english[-1] == 0.0 and english[-3] is None
    assert set(chinese) == {None}
    assert counted == [("English", 3.0), ("Chinese", 0.0)]


def test_the_map_has_what_waits_of_a_language(database: ReviewDatabase) -> None:
    groups = fill(database)
    deciding.ignore(database, {1: 0}, "Ann")
    with database.begin() as connection:
        points = map_of(connection, "en")
    assert len(points) == 12 and {point.group for point in points} == {
        groups[n] for n in ("refund_time", "staff", "hostile")
    }
    assert f"/groups/{groups['staff']}#text-7" in {point.address for point in points}
