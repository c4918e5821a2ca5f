"""What came after an answer, in one run and over several."""

from __future__ import annotations

import pytest

from benchmarks.learning.tracker_log import BEGINNING, Said, feedback, turn
from bot.learning.collecting.likeness import AFTER_ANSWER, AFTER_FAILURE, likeness, says_again
from bot.learning.collecting.reactions import reaction_to
from bot.learning.states import Reaction
from tests.bot.learning.collecting.conftest import LATER, Collection
from tests.bot.learning.collecting.test_pulling import FEE, QUOTA, log

REFUSED = "这个问题我答不了。我可以回答公众号的认证、群发、菜单、支付和选择等问题。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("认证要多少钱", "认证费用是多少"),
        ("怎么把粉丝转到新号", "粉丝怎么迁移到新号"),
        ("how do i move my followers", "move followers to another account"),
        ("verification fee", "verifcation fee"),
        ("refund when", "when do i get a refund"),
    ],
)
def test_other_words_for_what_failed(before: str, after: str) -> None:
    assert says_again(before, after, failed=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("认证要多少钱", "菜单能放几个"),
        ("认证要多少钱", "谢谢"),
        ("how much is verification", "what is a mini program"),
        ("认证费用", "thanks a lot"),
        ("", "anything"),
        ("the", "a"),
    ],
)
def test_another_question(before: str, after: str) -> None:
    assert not says_again(before, after, failed=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("认证要多少钱", "那审核要多久"),
        ("订阅号能群发几次", "那服务号呢"),
        ("how much is verification", "and how long does verification take"),
        ("服务号一个月能群发几次", "每次群发能发几篇"),
    ],
)
def test_going_on_after_an_answer_is_not_saying_it_again(before: str, after: str) -> None:
    assert not says_again(before, after, failed=False)


def test_likeness_goes_both_ways_from_nothing_to_all() -> None:
    assert likeness("认证要多少钱", "认证要多少钱") == 1
    assert likeness("abc", "认证") == 0
    assert likeness("认证费用", "认证费") == likeness("认证费", "认证费用")
    assert 0 < AFTER_FAILURE < AFTER_ANSWER < 1


@pytest.mark.parametrize(
    ("seconds", "tapped", "asked", "reaction"),
    [
        (0, False, False, Reaction.REPHRASED),
        (600, False, False, Reaction.REPHRASED),
        (601, False, False, Reaction.WENT_ON),
        (60, True, False, Reaction.WENT_ON),
        (60, False, True, Reaction.PERSON),
        (3599, False, True, Reaction.PERSON),
        (3600, False, True, Reaction.SILENCE),
        (3600, False, False, Reaction.SILENCE),
    ],
)
def test_the_next_message_tells(seconds: float, tapped: bool, asked: bool, reaction: Reaction) -> None:
    assert reaction_to("refused", "认证要多少钱", "认证费用是多少", seconds, tapped, asked) is reaction


def refused(words: str, **more: object) -> Said:
    """Returns a message that nothing was known about."""
    return Said(words, REFUSED, (), "out_of_scope", 0.3, understood=False, **more)  # type: ignore[arg-type]


def test_asked_again_in_other_words_after_a_failure(collection: Collection, table: object) -> None:
    known = next(text for text, act in collection.known.items() if act.value == "refused")
    failed = Said("怎么把粉丝转到新号", known, (), "out_of_scope", 0.3, understood=False)
    collection.write(log(failed, Said("粉丝怎么迁移到新号"), FEE))
    collection.pull(now=BEGINNING + 200)
    assert [row.act for row in collection.messages()] == ["refused", "answered", "answered"]
    assert collection.reactions() == ["rephrased", "went on", "waiting"]


def test_a_later_run_completes_what_waited(collection: Collection) -> None:
    collection.write(log(FEE))
    collection.pull(now=BEGINNING + 10)
    assert collection.reactions() == ["waiting"]
    collection.write(turn("anna", BEGINNING + 100, Said("认证要多少钱啊", person="asked")))
    collection.pull(now=BEGINNING + 200)
    assert collection.reactions() == ["person", "waiting"]
    collection.pull(now=BEGINNING + 100 + 3599)
    assert collection.reactions() == ["person", "waiting"]
    assert collection.pull(now=BEGINNING + 100 + 3601).silent == 1
    assert collection.reactions() == ["person", "silence"]


def test_nothing_for_an_hour_is_silence_whatever_comes_then(collection: Collection) -> None:
    collection.write(log(FEE, QUOTA, every=3601))
    collection.pull(now=BEGINNING + 3700)
    assert collection.reactions() == ["silence", "waiting"]


def test_a_person_was_offered(collection: Collection) -> None:
    collection.write(log(refused("怎么弄"), refused("到底怎么弄", person="offered"), FEE))
    collection.pull()
    assert collection.reactions() == ["rephrased", "person", "silence"]


@pytest.mark.parametrize("runs", [1, 2])
def test_a_verdict_counts_more_than_what_came_next(collection: Collection, runs: int) -> None:
    asked = [Said(FEE.text, message_id="m1"), Said(QUOTA.text, message_id="m2"), Said("能退吗", message_id="m3")]
    collection.write(log(*asked))
    if runs == 2:
        collection.pull(now=BEGINNING + 130)
    collection.write(
        [
            feedback("anna", BEGINNING + 140, "solved", "m1"),
            feedback("anna", BEGINNING + 141, "unsolved", "m3"),
            feedback("anna", BEGINNING + 142, "unsolved", "m3", "I meant the refund"),
            feedback("anna", BEGINNING + 143, "solved", "of a message that was never kept"),
            feedback("ben", BEGINNING + 144, "unsolved", "m2"),
            *turn("anna", BEGINNING + 150, Said("能退吗？", message_id="m4")),
        ]
    )
    assert collection.pull(now=BEGINNING + 160).counts.verdicts == 3
    assert collection.reactions() == ["solved", "went on", "unsolved", "waiting"]
    assert [row.reason for row in collection.messages()] == [None, None, "I meant the refund", None]
    assert collection.pull(now=LATER).silent == 1


def test_wechats_key_of_a_message_joins_its_verdict(collection: Collection) -> None:
    key = "gh_1:o-1:24001:0123456789abcdef"
    said = Said(FEE.text, channel="wechat", metadata={"channel": "wechat", "message": key})
    sender = "wechat:wx1:gh_1:o-1"
    collection.write([*log(said, sender=sender), feedback(sender, BEGINNING + 9, "unsolved", key)])
    collection.pull()
    assert collection.reactions() == ["unsolved"]


def test_in_a_thread_each_person_goes_on_for_themselves(collection: Collection) -> None:
    def said(words: str, user: str) -> Said:
        return Said(words, channel="slack", metadata={"person": f"T1:{user}"})

    thread = "T1:C1:17.5"
    collection.write(log(said(FEE.text, "U1"), said(QUOTA.text, "U2"), said("能退吗", "U1"), sender=thread))
    collection.pull(now=BEGINNING + 130)
    assert collection.reactions() == ["went on", "waiting", "waiting"]
    assert len({row.person for row in collection.messages()}) == 2
    assert len({row.conversation for row in collection.messages()}) == 1
