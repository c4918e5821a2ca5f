"""The queue in the database."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from bot.evaluation.training_data.questions import FOLDER, read_examples
from bot.learning.database import ReviewDatabase
from bot.learning.queueing.finding import found_again
from bot.learning.queueing.listing import OpenCounts, open_counts, read_queue, was_ever_pulled
from bot.learning.queueing.refreshing import Refreshed, refresh
from bot.learning.states import Reason, State
from bot.settings import Settings
from tests.bot.learning.asking import DAY, NOW, UNSURE, ask, clock, set_state
from tests.bot.learning.reviewing import text_row


def _texts(database: ReviewDatabase, language: str | None = None, reason: Reason | None = None) -> list[str]:
    with database.begin() as connection:
        return [row.text for row in read_queue(connection, language, reason)]


@pytest.fixture
def refreshed(database: ReviewDatabase, settings: Settings) -> Refresher:
    return Refresher(database, settings)


class Refresher:
    def __init__(self, database: ReviewDatabase, settings: Settings) -> None:
        self.database = database
        self.examples = read_examples(settings.project / FOLDER)

    def __call__(self, model: str = "") -> Refreshed:
        return refresh(self.database, self.examples, model, clock)


def test_distinct_people_come_before_a_loud_one(database: ReviewDatabase, refreshed: Refresher) -> None:
    ask(database, "how do I print money", ["loud"] * 9, act="refused")
    ask(database, "when is my refund due", ["ann", "bob", "cid"], act="asked back")
    ask(database, "can it send faxes", ["ann", "bob", "cid"], days_ago=60, act="refused")

    assert refreshed() == Refreshed(texts=3, queued=3, learned=0, ignored=0)
    assert _texts(database) == ["when is my refund due", "how do I print money", "can it send faxes"]
    with database.begin() as connection:
        first = read_queue(connection, limit=1)[0]
        assert (first.people, first.reasons, first.score) == (3, (Reason.UNANSWERED,), pytest.approx(3.0))
        assert open_counts(connection) == OpenCounts(3, 0)


def test_what_is_learned_is_never_in_the_queue(database: ReviewDatabase, refreshed: Refresher) -> None:
    ask(database, "Which account has the menu?", ranking=UNSURE)
    ask(database, "which account has the a menu please tell", ["bob"], act="refused", ranking=[["greet", 0.9]])
    ask(database, "which account has the menuu", ranking=UNSURE)

    assert refreshed().learned == 2
    # It would be taken for another intent than the one it is learned under: that is a mistake to look at.
    assert _texts(database) == ["which account has the a menu please tell"]


def test_what_is_ignored_stays_away_with_its_near_copies(database: ReviewDatabase, refreshed: Refresher) -> None:
    spam = ask(database, "buy cheap watches at our great shop", act="refused")
    set_state(database, spam, State.IGNORED.value)
    again = ask(database, "buy cheap watches at our great shop!!! now", ["bob"], act="refused")

    found = refreshed()
    assert (found.texts, found.queued, found.ignored) == (1, 0, 1)
    assert text_row(database, again)["score"] == 0
    assert text_row(database, spam)["state"] == "ignored"
    assert refreshed("another model").ignored == 1


def test_payloads_and_signs_are_no_questions(database: ReviewDatabase, refreshed: Refresher) -> None:
    for text in ("/greet", "/ask_menu{}", "👍👍", "12345", "???"):
        ask(database, text, act="refused")
    ask(database, "今天的汇率是多少", act="refused")

    refreshed()
    assert _texts(database) == ["今天的汇率是多少"]
    assert _texts(database, "en") == []
    assert _texts(database, "zh", Reason.UNANSWERED) == ["今天的汇率是多少"]
    assert _texts(database, "zh", Reason.PERSON) == []


def test_nothing_is_written_where_nothing_changed(database: ReviewDatabase, refreshed: Refresher) -> None:
    which = ask(database, "how do I print money", act="refused")
    refreshed()
    before = text_row(database, which)
    written: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    refreshed()
    assert not [statement for statement in written if statement.startswith("UPDATE")]
    assert text_row(database, which) == before and before["version"] == 0


def test_decided_texts_keep_what_they_have(database: ReviewDatabase, refreshed: Refresher) -> None:
    which = ask(database, "how do I print money", act="refused")
    set_state(database, which, State.LABELLED.value)
    assert refreshed().texts == 0
    assert text_row(database, which)["reasons"] == []


def test_what_was_put_aside_is_found_again(database: ReviewDatabase, refreshed: Refresher) -> None:
    skipped = ask(database, "how long does a refund take to arrive", act="refused")
    ignored = ask(database, "refund takes how long", act="refused")
    ask(database, "which colours has the logo", act="refused")
    decided = ask(database, "how long does a refund take", act="refused")
    for which, state in ((skipped, State.SKIPPED), (ignored, State.IGNORED), (decided, State.LABELLED)):
        set_state(database, which, state.value)
    low = ask(database, "how long would a refund take then")
    refreshed()

    with database.begin() as connection:
        found = found_again(connection, "en", ["How long does a refund take?"])
        assert found_again(connection, "zh", ["How long does a refund take?"]) == []
    assert {each.id for each in found} == {skipped, ignored, low}
    assert [each.alike for each in found] == sorted((each.alike for each in found), reverse=True)
    assert text_row(database, ignored)["state"] == "ignored"


def test_an_empty_database_has_an_empty_queue(database: ReviewDatabase, refreshed: Refresher) -> None:
    assert refreshed() == Refreshed(0, 0, 0, 0)
    with database.begin() as connection:
        assert not was_ever_pulled(connection)
    ask(database, "hello there", days_ago=(NOW / DAY) - 1)
    with database.begin() as connection:
        assert was_ever_pulled(connection)
