"""Real messages: by conversation, in order, no more than wanted, those with something new first; and the replay."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.learning.database import ReviewDatabase
from bot.learning.promoting.comparison import Given
from bot.learning.promoting.real_messages import MOST_TURNS, Said, choose, real_messages
from bot.learning.promoting.replay import replay
from bot.learning.promoting.scripts import Script
from bot.learning.schema import MESSAGES, METADATA, TEXTS
from bot.settings import Settings
from tests.bot.learning.promoting.made import given

HOUR = 3600.0


def said(conversation: str, *texts: str, at: float = 0.0, person: str = "") -> list[Said]:
    person = person or conversation
    return [Said(conversation, at + place, text, "en", person) for place, text in enumerate(texts)]


def test_conversations_that_are_the_same_are_asked_once_and_counted_each() -> None:
    chosen = choose([*said("a", "fee?", "how long?"), *said("b", "fee?", "how long?"), *said("c", "menu?")], 10)
    assert {script.turns for script in chosen.scripts} == {("fee?", "how long?"), ("menu?",)}
    assert (chosen.messages, chosen.of) == (5, 5)


def test_messages_of_two_conversations_are_not_mixed_up() -> None:
    mixed = [Said("a", 1, "fee?", "en", "a"), Said("b", 2, "menu?", "en", "b"), Said("a", 3, "and now?", "en", "a")]
    assert {script.turns for script in choose(mixed, 10).scripts} == {("fee?", "and now?"), ("menu?",)}


def test_after_a_long_silence_and_after_many_messages_a_new_one_begins() -> None:
    chosen = choose([*said("a", "fee?"), *said("a", "menu?", at=2 * HOUR)], 10)
    assert len(chosen.scripts) == 2
    long = choose(said("a", *(f"q{place}" for place in range(MOST_TURNS + 5))), 100)
    assert sorted(len(script.turns) for script in long.scripts) == [5, MOST_TURNS]


def test_where_it_is_too_much_new_texts_go_first_and_it_is_said() -> None:
    many = [each for person in range(9) for each in said(f"p{person}", "fee?", at=person)]
    other = said("x", "fee?", "fee?") + said("y", "refund?")
    chosen = choose(many + other, 2)
    assert [script.turns for script in chosen.scripts] == [("fee?",), ("refund?",)]
    assert (chosen.messages, chosen.of) == (10, 12)
    assert choose(many, 0).scripts == ()


def test_the_replay_groups_by_old_and_new_topic() -> None:
    asked = [*said("a", "deposit?"), *said("b", "deposit?"), *said("c", "fee?"), *said("d", "menu?")]

    def before(script: Script) -> Sequence[Given]:
        return [given("fee") if text == "fee?" else given("", act="refused") for text in script.turns]

    def now(script: Script) -> Sequence[Given]:
        found = {"deposit?": given("deposit"), "fee?": given(""), "menu?": given("")}
        return [found[text] for text in script.turns]

    found = replay(choose(asked, 10), before, now, 28)
    assert (found.changed, found.learned, found.lost) == (3, 2, 1)
    assert [(move.before, move.now, move.messages, move.people) for move in found.moves] == [
        ("refused", "deposit", 2, 2),
        ("fee", "refused", 1, 1),
    ]
    assert found.moves[0].examples == (("deposit?", "en", 2),)


def test_another_confidence_is_no_change() -> None:
    found = replay(
        choose(said("a", "fee?"), 10), lambda _: [given("fee")], lambda _: [given("fee", confidence=0.5)], 28
    )
    assert (found.changed, found.moves) == (0, ())


def _write(url: str, rows: Sequence[dict[str, Any]]) -> None:
    database = ReviewDatabase(url)
    METADATA.drop_all(database.engine)
    METADATA.create_all(database.engine)
    with database.begin() as connection:
        for number, row in enumerate(rows, start=1):
            text = {
                "id": number,
                "language": "en",
                "key": f"{number}",
                "text": row["text"],
                "first_at": 0,
                "last_at": 0,
            }
            connection.execute(TEXTS.insert().values(**text))
            plain = dict.fromkeys(("channel", "model", "intent", "act", "reply", "reaction"), "")
            lists = {name: [] for name in ("ranking", "topics", "facts", "later")}
            values = {**plain, **lists, "event": number, "text_id": number, "confidence": 0, "expires": 0, **row}
            connection.execute(MESSAGES.insert().values(**values))
    database.close()


def test_where_nothing_was_collected_there_is_nothing_to_replay(tmp_path: Path) -> None:
    settings = Settings.read({"ENDPOINTS": "endpoints.yml", "CREDENTIALS": "credentials.yml"}, tmp_path)
    assert real_messages(settings, 28, 10).trouble == "none"
    assert list(tmp_path.iterdir()) == []


def test_the_review_database_is_read(review_url: str, tmp_path: Path) -> None:
    environ = {"ENDPOINTS": "endpoints.yml", "CREDENTIALS": "credentials.yml", "REVIEW_DATABASE_URL": review_url}
    settings = Settings.read(environ, tmp_path)
    now = time.time()
    one = {"conversation": "a", "person": "p"}
    _write(
        review_url,
        [
            {**one, "text": "later", "at": now - 10},
            {**one, "text": "earlier", "at": now - 20},
            {**one, "text": "long ago", "at": now - 29 * 24 * HOUR},
        ],
    )
    chosen = real_messages(settings, 28, 10)
    assert [script.turns for script in chosen.scripts] == [("earlier", "later")]
    assert (chosen.messages, chosen.of, chosen.trouble) == (2, 2, "")


def test_a_database_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "review.db").write_bytes(b"no database at all, but long enough to be looked at " * 100)
    environ = {"REVIEW_DATABASE_URL": f"sqlite:///{tmp_path / 'review.db'}"}
    chosen = real_messages(Settings.read(environ), 28, 10)
    assert "REVIEW_DATABASE_URL" in chosen.trouble
    assert chosen.scripts == ()
