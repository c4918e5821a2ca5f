"""Collecting from a tracker store: what is kept, in pages of any size, in one run or in many."""

from __future__ import annotations

import itertools
import random

import pytest
from sqlalchemy import create_engine, text

from benchmarks.learning.tracker_log import BEGINNING, EVENTS, Row, Said, beginning, conversations, feedback, turn
from bot.learning.collecting.errors import PullError
from bot.learning.collecting.key import Hashes
from bot.learning.collecting.pulling import _move
from bot.learning.collecting.skipping import Skipped
from bot.learning.database import read_mark
from bot.learning.schema import MESSAGES
from tests.bot.learning.collecting.conftest import KEY, LATER, Collection

FEE = Said("认证要多少钱", suggestions=("审核要多久？", "能退吗？"))
QUOTA = Said("服务号一个月能群发几次", "服务号可以每月群发4次。", ("broadcast_quota",), "ask_broadcast_quota", 0.91)


def log(*said: Said, sender: str = "anna", at: float = BEGINNING, every: float = 60.0) -> list[Row]:
    """Returns a conversation."""
    turns = (turn(sender, at + number * every, each) for number, each in enumerate(said))
    return [*beginning(sender, at), *itertools.chain.from_iterable(turns)]


def test_a_message_is_kept_with_all_that_is_known_of_it(collection: Collection) -> None:
    collection.write(log(FEE))
    pulled = collection.pull()
    (row,) = collection.messages()
    hashes = Hashes(KEY)
    assert (pulled.counts.kept, pulled.counts.new_texts, pulled.corrupt) == (1, 1, {})
    assert (row.text, row.channel, row.at, row.intent) == (FEE.text, "rest", BEGINNING, "ask_verification_fee")
    assert (row.conversation, row.person) == (hashes.conversation("anna"), hashes.person("anna"))
    assert row.model == "eebb0c149c294fed9bb517ebe5f669c1"
    assert row.ranking[0] == ["ask_verification_fee", 0.97]
    assert [name for name, _ in row.ranking] == ["ask_verification_fee", "ask_difference", "greet"]
    assert (row.confidence, row.act, row.topics) == (0.97, "answered", ["verification_fee"])
    assert (row.facts, row.later, row.reply) == (["verification.fee"], [], FEE.reply)
    assert row.expires == BEGINNING + 180 * 86_400
    (counted,) = collection.texts().values()
    assert (counted.language, counted.text, counted.state) == ("zh", FEE.text, "new")
    assert (counted.messages, counted.people, counted.first_at, counted.last_at) == (1, 1, BEGINNING, BEGINNING)


def test_a_second_run_takes_what_is_new_alone(collection: Collection) -> None:
    collection.write(log(FEE))
    collection.pull()
    assert collection.pull().counts.kept == 0
    collection.write(turn("anna", BEGINNING + 60, QUOTA))
    assert collection.pull().counts.kept == 1
    assert [row.text for row in collection.messages()] == [FEE.text, QUOTA.text]


def test_people_count_once_for_each_text(collection: Collection) -> None:
    for sender in ("anna", "ben", "anna", "cleo"):
        collection.write(log(FEE, Said("认证要多少钱？？"), sender=sender))
        collection.pull()
    (counted,) = collection.texts().values()
    assert (counted.messages, counted.people) == (8, 3)


def simulated(messages: int) -> list[Row]:
    """Returns a log with everything in it: repeats, taps, verdicts, people asked for, rows that are none."""
    questions = [
        FEE,
        QUOTA,
        Said(
            "how much is verification",
            "Sorry, I can't help with that.",
            (),
            "out_of_scope",
            0.3,
            "en",
            understood=False,
        ),
        Said("审核要多久？", suggestions=("认证要多少钱",)),
        Said("转人工", "好的。", (), "request_human", person="asked"),
        Said("还是不行", "没听懂。", (), "deny", person="offered", understood=False),
        Said("/restart"),
        Said("👍"),
    ]
    chance = random.Random(3)
    rows = list(conversations(messages, questions))
    keys = [(row["sender_id"], row["timestamp"]) for row in rows if row["type_name"] == "user"]
    for number, row in enumerate(rows):
        if row["type_name"] == "user" and chance.random() < 0.05:
            row["data"] = chance.choice(["{", "null", row["data"][:-10], '{"event": "user", "text": "\\ud800"}'])
        elif row["type_name"] == "bot" and chance.random() < 0.05:
            row["data"] = "[]"
        if chance.random() < 0.01:
            sender, at = chance.choice(keys)
            rows[number] = feedback(sender, at, chance.choice(["solved", "unsolved"]), "nothing", "call 13800138000")
    return rows


def kept_in(collection: Collection) -> list[tuple[object, ...]]:
    """Returns what is kept, without the ids that the database gave."""
    texts = {row.id: (row.language, row.key, row.text, row.messages, row.people) for row in collection.texts().values()}
    return [
        (*(value for name, value in row._mapping.items() if name not in ("id", "text_id")), texts[row.text_id])
        for row in collection.messages()
    ]


@pytest.mark.parametrize("page", [1, 2, 7, 100])
def test_the_size_of_a_page_changes_nothing(collection: Collection, page: int) -> None:
    rows = simulated(120)
    collection.write(rows)
    whole = collection.pull()
    expected = kept_in(collection)
    assert len(expected) > 40
    with collection.review.begin() as connection:
        for name in ("review_messages", "review_texts", "review_marks"):
            connection.execute(text(f"DELETE FROM {name}"))
    again = collection.pull(page)
    assert kept_in(collection) == expected
    assert (again.counts, again.corrupt) == (whole.counts, whole.corrupt)


def test_runs_while_the_log_grows_give_what_one_run_gives(collection: Collection) -> None:
    rows = simulated(60)
    chance = random.Random(5)
    while rows:
        some = chance.randint(1, 90)
        # The bot writes a turn at once.
        while some < len(rows) and rows[some]["type_name"] not in ("user", "slot"):
            some += 1
        collection.write(rows[:some])
        rows = rows[some:]
        # By then nobody knows of silence.
        collection.pull(now=BEGINNING)
    grown = kept_in(collection)
    with collection.review.begin() as connection:
        for name in ("review_messages", "review_texts", "review_marks"):
            connection.execute(text(f"DELETE FROM {name}"))
    collection.pull(now=BEGINNING)
    assert grown == kept_in(collection)


def test_a_repeat_of_the_platform_counts_once(collection: Collection) -> None:
    said = Said(FEE.text, channel="wechat", metadata={"channel": "wechat", "message": "gh_1:o1:77:ab"})
    collection.write(log(said, said))
    pulled = collection.pull()
    assert (pulled.counts.kept, pulled.counts.skipped) == (1, {Skipped.REPEATED: 1})
    collection.write(turn("anna", BEGINNING + 100, said))
    assert collection.pull().counts.skipped == {Skipped.REPEATED: 1}
    (counted,) = collection.texts().values()
    assert counted.messages == 1


def test_of_two_messages_with_one_key_the_first_counts(collection: Collection) -> None:
    told = {"channel": "wechat", "message": "gh_1:o1:77:ab"}
    collection.write(log(Said(FEE.text, metadata=told), Said("另一个问题", language="en", metadata=told)))
    collection.pull()
    assert set(collection.texts()) == {FEE.text}


def test_a_tapped_suggestion_is_no_question(collection: Collection) -> None:
    collection.write(log(FEE, Said("审核要多久"), Said("能退吗？", suggestions=("第三个",)), QUOTA, FEE))
    assert collection.pull().counts.skipped == {Skipped.TAPPED: 2}
    # Three answers further on nothing of it is left to tap.
    collection.write(turn("anna", BEGINNING + 600, Said("第三个")))
    assert collection.pull().counts.skipped == {Skipped.TAPPED: 1}
    collection.write([*turn("anna", BEGINNING + 700, QUOTA), *turn("anna", BEGINNING + 800, Said("第三个"))])
    assert collection.pull().counts.skipped == {}
    assert collection.messages()[-1].text == "第三个"


@pytest.mark.parametrize(
    "said",
    [
        Said("审核要多久？", channel="slack", message_id="press:T1:C1:U1:suggestion_1:17"),
        Said("认证费用", channel="wechat", metadata={"channel": "wechat", "message": "k", "tapped": True}),
        Said("连锁面馆", metadata={"answers": {"owner": 1}}),
    ],
)
def test_a_press_a_menu_and_a_form_are_no_questions(collection: Collection, said: Said) -> None:
    collection.write(log(said))
    assert collection.pull().counts.skipped == {Skipped.TAPPED: 1}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("/restart", Skipped.COMMAND),
        ('/ask{"a": 1}', Skipped.COMMAND),
        ("👍🏽❤️", Skipped.WORDLESS),
        ("？？！", Skipped.WORDLESS),
        ("[微笑][图片]", Skipped.WORDLESS),
        (":thumbsup: :+1:", Skipped.WORDLESS),
        ("2", Skipped.WORDLESS),
        ("", Skipped.WORDLESS),
        ("\u202e\u200b", Skipped.WORDLESS),
        ("问" * 2001, Skipped.TOO_LONG),
        ("a " * 5000 + "a", Skipped.TOO_LONG),
    ],
)
def test_what_teaches_nothing_is_not_kept(collection: Collection, words: str, reason: Skipped) -> None:
    collection.write(log(Said(words), FEE))
    pulled = collection.pull()
    assert (pulled.counts.kept, pulled.counts.skipped, pulled.corrupt) == (1, {reason: 1}, {})


def test_what_is_too_old_is_not_kept(collection: Collection) -> None:
    collection.write(log(FEE))
    assert collection.pull(now=BEGINNING + 31 * 86_400, days=30).counts.skipped == {Skipped.EXPIRED: 1}


def test_personal_data_are_replaced_in_question_answer_and_reason(collection: Collection) -> None:
    said = Said("请回电13800138000", "您的电话13800138000已记下。", message_id="m1")
    collection.write([*log(said), feedback("anna", BEGINNING + 9, "unsolved", "m1", "mail anna.b@acme.com")])
    collection.pull()
    (row,) = collection.messages()
    (counted,) = collection.texts().values()
    number = row.text.removeprefix("请回电")
    assert number != "13800138000"
    assert row.reply == f"您的电话{number}已记下。"
    assert (counted.text, counted.key) == (row.text, row.text)
    assert row.reason.startswith("mail ")
    assert "acme" not in row.reason
    with collection.review.begin() as connection:
        kept = str(connection.execute(MESSAGES.select()).all()) + str(read_mark(connection, "tracker store"))
    assert not {"13800138000", "anna", "m1"} & set(kept.replace("'", " ").split())


def test_the_fallbacks_own_confidence_is_not_kept(collection: Collection) -> None:
    collection.write(log(Said(FEE.text, intent="nlu_fallback", confidence=0.4)))
    collection.pull()
    (row,) = collection.messages()
    assert row.intent == "ask_difference"
    assert [name for name, _ in row.ranking] == ["ask_difference", "greet"]


def test_two_runs_at_once_do_not_take_the_same(collection: Collection) -> None:
    with collection.review.begin() as connection:
        _move(connection, "a", None)
    with (
        pytest.raises(PullError, match="another 'wenhao logs pull' is at work"),
        collection.review.begin() as connection,
    ):
        _move(connection, "b", None)
    with pytest.raises(PullError, match="at work"), collection.review.begin() as connection:
        _move(connection, "c", "b")
    with collection.review.begin() as connection:
        _move(connection, "c", "a")
        assert read_mark(connection, "tracker store") == "c"


def test_another_tracker_store_is_read_from_its_beginning(collection: Collection) -> None:
    kept = log(FEE, QUOTA)
    collection.write(kept)
    collection.pull()
    collection.execute("DELETE FROM events")
    collection.write(log(Said("别的问题怎么办"), sender="zoe", at=BEGINNING + 5000)[:-3])
    pulled = collection.pull()
    if collection.source.startswith("sqlite"):
        # Ids begin again.
        assert pulled.is_another_store
    assert [row.text for row in collection.messages()] == [FEE.text, QUOTA.text, "别的问题怎么办"]


def test_the_same_log_moved_to_another_store_counts_once(collection: Collection) -> None:
    rows = log(FEE, QUOTA)
    collection.write(rows)
    collection.pull()
    collection.execute("DELETE FROM events")
    collection.write([{**row, "id": number} for number, row in enumerate([*log(Said("早的")), *rows], start=1)])
    pulled = collection.pull()
    assert pulled.is_another_store
    assert pulled.counts.skipped == {Skipped.REPEATED: 2}
    assert [row.text for row in collection.messages() if row.text != "早的"] == [FEE.text, QUOTA.text]


def test_a_store_cleared_of_old_conversations_is_still_the_same(collection: Collection) -> None:
    collection.write(log(FEE))
    collection.pull()
    collection.write(turn("ben", BEGINNING + 60, QUOTA))
    collection.execute("DELETE FROM events WHERE sender_id = 'anna'")
    pulled = collection.pull()
    assert (pulled.is_another_store, pulled.counts.kept) == (False, 1)


def test_rows_that_appear_below_others_are_not_missed(collection: Collection) -> None:
    if collection.source.startswith("sqlite"):
        pytest.skip("SQLite writes one transaction after the other")
    collection.write(log(FEE))
    engine = create_engine(collection.source, future=True)
    with engine.connect() as slow:
        slow.execute(EVENTS.insert(), turn("ben", BEGINNING + 30, QUOTA))
        collection.write(log(Said("审核要多久"), sender="cleo", at=BEGINNING + 40))
        assert collection.pull(now=BEGINNING + 60).counts.kept == 2
        assert collection.pull(now=BEGINNING + 61).counts.kept == 0
        slow.commit()
    engine.dispose()
    assert collection.pull(now=BEGINNING + 62).counts.kept == 1
    assert collection.pull(now=BEGINNING + 63).counts.kept == 0
    assert [row.text for row in collection.messages()] == [FEE.text, QUOTA.text, "审核要多久"]
    assert collection.pull(now=LATER).silent == 3
