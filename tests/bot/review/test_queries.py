"""What the pages read, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.learning import deciding
from bot.learning.database import ReviewDatabase
from bot.review.figures import answered_over_time, languages, map_of, queue_over_time
from bot.review.groups import (
    ALONE,
    Filter,
    count_states,
    count_ungrouped,
    find_groups,
    next_group,
    read_group,
    search_groups,
)
from bot.review.reviewers import find_reviewer, make_token, remove_reviewer, reviewer_with
from bot.review.texts import around, count_open, read_text, texts_in_group
from tests.bot.review.filled import REFUNDS, Filler, fill
from tests.postgres_server import postgres_programs, postgres_server

NAMES = (("en", "English"), ("zh", "Chinese"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReviewDatabase]:
    if request.param == "sqlite":
        yield ReviewDatabase(f"sqlite:///{tmp_path / 'review.db'}")
        return
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server(programs) as url:
        database = ReviewDatabase(url)
        yield database
        database.close()


def test_pages_read_the_same_from_both(database: ReviewDatabase) -> None:
    groups = fill(database)
    with database.begin() as connection:
        filler = Filler(connection)
        filler.text("lonely question", "en", None, reasons=["sample", "unsure"])
        answered_well = filler.text("no need to look", "en", groups["staff"], score=0.0)
    deciding.skip(database, {7: 0}, "Ann")
    deciding.ignore(database, {1: 0}, "Ann")
    with database.begin() as connection:
        assert count_states(connection) == {"new": 15, "skipped": 1, "ignored": 1}
        pairs, found = find_groups(connection, Filter(), 0)
        order = [groups[name] for name in ("refund_time", "refund_time_zh", "staff", "hostile")]
        assert ([group.id for pair in pairs for group in pair], len(pairs[0]), found) == (order, 2, 4)
        assert (pairs[0][0].typical, pairs[0][0].found) == (REFUNDS[1], 5)
        assert [group.id for pair in find_groups(connection, Filter(state="skipped"), 0)[0] for group in pair] == [
            groups["staff"]
        ]
        assert find_groups(connection, Filter(reason="unsure"), 0) == ([], 0)
        assert count_ungrouped(connection, Filter(reason="unsure", days=7)) == 1
        assert find_groups(connection, Filter(words="HYPERLINK", language="en", days=3), 0)[1] == 1
        assert find_groups(connection, Filter(days=0, words="100%"), 0)[1] == 0
        assert next_group(connection, Filter()) == groups["refund_time"]
        assert [group.id for group in search_groups(connection, "en", "refund time", 0)] == [groups["refund_time"]]
        shown, _ = texts_in_group(connection, groups["staff"])
        assert answered_well not in {text.id for text in shown} and len(shown) == 3
        assert count_open(connection, groups["staff"]) == 3
        assert [text.text for text in texts_in_group(connection, groups["refund_time"])[1]] == [REFUNDS[0]]
        assert [text.text for text in texts_in_group(connection, ALONE)[0]] == ["lonely question"]
        assert read_group(connection, ALONE) and read_group(connection, 999) is None
        text = read_text(connection, 2)
        assert text and text.answer and text.answer.act == "asked back" and text.reasons == ("unanswered",)
        assert [message["own"] for message in around(connection, 2)].count(True) == 1
        assert len(map_of(connection, "en")) == 12 and len(map_of(connection, "zh")) == 3
        assert queue_over_time(connection, "w", "d").series[1].values[-1] == 1
        english = answered_over_time(connection, NAMES).series[0]
        assert english.values[-1] == 0.0 and english.values[0] is None
        assert languages(connection, NAMES)[1] == ("Chinese", 9.0)


def test_what_was_decided_weighs_nothing_in_the_queue(database: ReviewDatabase) -> None:
    groups = fill(database)
    with database.begin() as connection:
        texts, _ = texts_in_group(connection, groups["refund_time"])
        before = find_groups(connection, Filter(), 0)[0][0][0]
    deciding.skip(database, {text.id: text.version for text in texts[:-1]}, "Ann")
    with database.begin() as connection:
        pairs, _ = find_groups(connection, Filter(), 0)
        left = {group.id: group for pair in pairs for group in pair}[groups["refund_time"]]
        assert (before.id, before.people, before.messages, before.score) == (left.id, 4, 20, 12.0)
        assert (left.found, left.people, left.messages, left.score) == (1, 2, 3, 2.0)
        assert next_group(connection, Filter()) == pairs[0][0].id == groups["refund_time_zh"]


def test_reviewers_in_both(database: ReviewDatabase) -> None:
    with database.begin() as connection:
        first = make_token(connection, "Ann")
        second = make_token(connection, " Ann ", "zh")
        assert reviewer_with(connection, first) is None
        found = reviewer_with(connection, second)
        assert found and (found.name, found.language) == ("Ann", "zh") and find_reviewer(connection, "Ann") == found
        assert remove_reviewer(connection, "Ann") and not remove_reviewer(connection, "Ann")
