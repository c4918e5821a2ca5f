"""What is deleted: everything of a person, and what was kept long enough."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from benchmarks.learning.tracker_log import BEGINNING, Row, Said
from bot.learning.collecting.erasing import Erased, erase, texts_only_of
from bot.learning.collecting.key import Hashes
from bot.learning.collecting.purging import Purged, purge
from bot.learning.collecting.speakers import speaker_of
from bot.learning.schema import ACTIONS, TEXTS
from bot.learning.states import State
from tests.bot.learning.collecting.conftest import KEY, Collection
from tests.bot.learning.collecting.test_pulling import FEE, QUOTA, log

HASHES = Hashes(KEY)
DAY = 86_400.0
OWN = Said("我的面馆怎么开号")


def of_wechat(*said: str, sender: str, at: float = BEGINNING) -> list[Row]:
    """Returns a follower's conversation."""
    return log(*(Said(words, channel="wechat") for words in said), sender=sender, at=at)


def erased(collection: Collection, given: str) -> Erased:
    """Erases a person."""
    with collection.review.begin() as connection:
        return erase(connection, given, HASHES, "operator", BEGINNING)


def decide(collection: Collection, key: str, state: State) -> int:
    """Puts a text into a state and returns its id."""
    with collection.review.begin() as connection:
        connection.execute(TEXTS.update().where(TEXTS.c.key == key).values(state=state.value))
        return int(connection.execute(select(TEXTS.c.id).where(TEXTS.c.key == key)).scalar_one())


@pytest.mark.parametrize(
    "given",
    ["wechat:wx1:gh_1:o-anna", "o-anna", "wechat:o-anna", HASHES.person("wechat:o-anna")],
)
def test_a_follower_is_erased_by_any_of_their_ids(collection: Collection, given: str) -> None:
    collection.write(of_wechat(FEE.text, OWN.text, FEE.text, sender="wechat:wx1:gh_1:o-anna"))
    collection.write(of_wechat(FEE.text, sender="wechat:wx1:gh_1:o-ben", at=BEGINNING + 500))
    collection.pull()
    assert erased(collection, given) == Erased(3, 1, ())
    (row,) = collection.messages()
    (counted,) = collection.texts().values()
    assert row.person == HASHES.person("wechat:o-ben")
    assert (counted.messages, counted.people, counted.first_at) == (1, 1, BEGINNING + 500)
    # It stays so: nothing is read twice.
    assert collection.pull().counts.kept == 0


def test_a_person_in_slack_is_erased_in_all_conversations(collection: Collection) -> None:
    def said(words: str, user: str) -> Said:
        return Said(words, channel="slack", metadata={"person": f"T1:{user}"})

    collection.write(log(said(FEE.text, "U1"), sender="T1:D1"))
    collection.write(log(said(QUOTA.text, "U1"), said("能退吗", "U2"), sender="T1:C1:17.5", at=BEGINNING + 500))
    collection.write(log(said("第三个问题", "U1"), sender="T1:C1:U1", at=BEGINNING + 900))
    collection.pull()
    assert erased(collection, "T1:D1") == Erased(3, 3, ())
    assert [row.text for row in collection.messages()] == ["能退吗"]


def test_a_thread_of_several_stands_for_its_own_messages(collection: Collection) -> None:
    said = [Said(FEE.text, channel="slack", metadata={"person": f"T1:U{user}"}) for user in (1, 2)]
    collection.write([*log(*said, sender="T1:C1:17.5"), *log(said[0], sender="T1:D1", at=BEGINNING + 900)])
    collection.pull()
    assert erased(collection, "T1:C1:17.5") == Erased(2, 0, ())
    assert [row.conversation for row in collection.messages()] == [HASHES.conversation("T1:D1")]


def test_what_was_learned_of_them_alone_is_named(collection: Collection) -> None:
    collection.write(log(FEE, QUOTA, OWN, Said("第四个问题"), sender="anna"))
    collection.write(log(FEE, sender="ben", at=BEGINNING + 500))
    collection.pull()
    shared, alone, labelled = (
        decide(collection, key, state)
        for key, state in ((FEE.text, State.TRAINED), (QUOTA.text, State.LANDED), (OWN.text, State.LABELLED))
    )
    with collection.review.begin() as connection:
        for text, words in ((shared, "shared"), (labelled, "labelled")):
            row = {"batch": "b", "at": 0.0, "who": "me", "kind": "redact", "what": "text", "which": str(text)}
            connection.execute(ACTIONS.insert().values(**row, before={"text": words}, after={"text": words}))
        mine = texts_only_of(connection, HASHES.person("anna"))
        assert set(mine) == {row.id for row in collection.texts().values()} - {shared}
    assert erased(collection, "anna") == Erased(4, 2, (alone,))
    assert set(collection.texts()) == {FEE.text, QUOTA.text}
    assert (collection.texts()[QUOTA.text].messages, collection.texts()[FEE.text].people) == (0, 1)
    with collection.review.begin() as connection:
        actions = connection.execute(select(ACTIONS).order_by(ACTIONS.c.id)).all()
    assert [row.before for row in actions] == [{"text": "shared"}, None, None]
    assert (actions[2].kind, actions[2].who, actions[2].which) == ("erase", "operator", HASHES.person("anna"))
    assert actions[2].after == {"messages": 4, "texts": 2, "learned": [alone]}


def test_nobody_known_erases_nothing(collection: Collection) -> None:
    collection.write(log(FEE))
    collection.pull()
    assert erased(collection, "nobody") == Erased(0, 0, ())
    assert erased(collection, "%") == Erased(0, 0, ())
    assert len(collection.messages()) == 1
    with collection.review.begin() as connection:
        assert connection.execute(select(ACTIONS)).all() == []


def test_what_expired_is_deleted_and_decisions_stay(collection: Collection) -> None:
    collection.write(log(FEE, QUOTA, OWN, sender="anna"))
    collection.write(log(FEE, sender="ben", at=BEGINNING + 40 * DAY))
    collection.pull(now=BEGINNING + 40 * DAY, days=100)
    decide(collection, OWN.text, State.IGNORED)
    assert purge(collection.review, 100, BEGINNING + 99 * DAY) == Purged(0, 0)
    assert purge(collection.review, 100, BEGINNING + 101 * DAY) == Purged(3, 1)
    assert [row.person for row in collection.messages()] == [HASHES.person("ben")]
    texts = collection.texts()
    assert set(texts) == {FEE.text, OWN.text}
    assert (texts[FEE.text].messages, texts[FEE.text].people) == (1, 1)
    assert (texts[OWN.text].messages, texts[OWN.text].state) == (0, "ignored")


def test_fewer_days_hold_for_what_is_kept_already(collection: Collection) -> None:
    collection.write(log(FEE))
    collection.pull(days=1000)
    assert purge(collection.review, 30, BEGINNING + 31 * DAY) == Purged(1, 1)


@pytest.mark.parametrize(
    ("conversation", "channel", "told", "person"),
    [
        ("wechat:wx1:gh_1:o-1", "wechat", None, "wechat:o-1"),
        ("wechat:gh_1:o-1", "wechat", None, "wechat:o-1"),
        ("wechat:gh_1:o-1", "rest", None, "wechat:gh_1:o-1"),
        ("T1:C1:17.5", "slack", "T1:U1", "T1:U1"),
        ("T1:C1:U1", "slack", None, "T1:U1"),
        ("T1:C1:17.5", "slack", None, "T1:C1:17.5"),
        ("T1:D1", "slack", None, "T1:D1"),
        ("anna", "rest", None, "anna"),
    ],
)
def test_who_speaks(conversation: str, channel: str, told: str | None, person: str) -> None:
    assert speaker_of(conversation, channel, told) == person
