"""The highest new groups, for Slack; and how much waits, for its Home tab."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.slack.blocks.digest import digest_posts
from bot.channels.slack.rehearsal.block_limits import message_problems
from bot.channels.slack.review import AskedGroup, OpenReview
from bot.learning.database import ReviewDatabase
from bot.learning.exchange.digest import digest_of
from bot.learning.exchange.waiting import open_review, review_provider
from bot.learning.schema import GROUPS, TEXTS
from bot.settings import Settings
from tests.bot.learning.asking import ask
from tests.bot.learning.reviewing import add_group

HOSTILE = "<!channel> *bold* <https://evil.test|click> & `x`\n> quoted"


def _group(database: ReviewDatabase, name: str, text: str, score: float, **fields: Any) -> int:
    group = add_group(database, name)
    which = ask(database, text, act="refused")
    with database.begin() as connection:
        connection.execute(TEXTS.update().where(TEXTS.c.id == which).values(group_id=group, score=score))
        values = {"score": score, "people": 3, "messages": 5, **fields}
        connection.execute(GROUPS.update().where(GROUPS.c.id == group).values(values))
    return group


def test_the_highest_new_groups_are_told_and_twins_once(database: ReviewDatabase) -> None:
    low = _group(database, "faxes", "can it send faxes", 1.0, made_at=100.0)
    high = _group(database, "refund_time", "when is my refund due", 5.0, made_at=100.0)
    _group(database, "refund_zh", "退款多久", 4.0, made_at=100.0, twin_id=high)
    _group(database, "old", "an older thing", 9.0, made_at=1.0)
    add_group(database, "empty")

    with database.begin() as connection:
        found = digest_of(connection, 50.0, 5)
        assert [each.name for each in digest_of(connection, 50.0, 1)] == ["refund_time"]
    assert found == [
        AskedGroup("refund_time", "when is my refund due", 3, 5),
        AskedGroup("faxes", "can it send faxes", 3, 5),
    ]
    assert low


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("url", ["", "https://wenhao.test/review"])
def test_slack_takes_the_digest_and_no_text_is_markup(language: str, url: str) -> None:
    groups = [AskedGroup("refund_time", HOSTILE, 3, 5), AskedGroup("x" * 200, "长" * 10_000, 1, 1)] * 10
    posts = digest_posts(groups, OpenReview(7, url), language)

    for post in posts:
        assert message_problems(post["blocks"]) == []
    told = json.dumps(posts, ensure_ascii=False)
    assert "<!channel>" not in told and "<https://evil" not in told and "&lt;!channel&gt;" in told
    assert ("<https://wenhao.test/review|" in told) == bool(url)


async def test_operators_are_told_how_much_waits(settings: Settings) -> None:
    provide = review_provider(replace(settings, review_url="https://wenhao.test/review"))
    assert await provide() is None

    database = ReviewDatabase(str(settings.review_database_url))
    _group(database, "faxes", "can it send faxes", 1.0)
    ask(database, "hello there")
    assert await provide() == OpenReview(1, "https://wenhao.test/review", 1)
    assert open_review(database, "") == OpenReview(1, "", 1)
    database.close()


async def test_looking_makes_no_database(settings: Settings) -> None:
    alone = replace(settings, review_database_url=None)
    assert await review_provider(alone)() is None
    assert not (alone.project / "var").exists()


async def test_a_database_that_fails_is_no_error_of_the_tab(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(settings, review_database_url="sqlite:////nowhere/at/all/review.db")
    assert await review_provider(broken)() is None
    assert "can't be told" in caplog.text
