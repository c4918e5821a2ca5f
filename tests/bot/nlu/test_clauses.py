"""Messages split into the clauses that may each hold a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.clauses import MOST_GUESSED, clauses, guessed_clauses, is_asking, is_list, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how much is it? how long does it take?", ["how much is it?", "how long does it take?"]),
        ("认证多少钱？要多久？", ["认证多少钱？", "要多久？"]),
        ("we have a shop. what does it cost", ["we have a shop.", "what does it cost"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("a rate of 0.6 percent", ["a rate of 0.6 percent"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("how much does verification cost and how long does it take?", "verification cost", "take"),
        ("what is the rate, and when does the money arrive?", "rate", "arrive"),
        ("公众号认证要多少钱，审核一般要多久时间", "多少钱", "多久"),
        ("公众号认证要多少钱还有审核一般要多久时间", "多少钱", "多久"),
        ("公众号认证要多少钱，还有审核一般要多久时间", "多少钱", "多久"),
        ("公众号认证要多少钱？另外，审核一般要多久时间", "多少钱", "多久"),
        ("公众号认证要多少钱＋审核一般要多久时间", "多少钱", "多久"),
        ("公众号认证要多少钱再者审核一般要多久时间", "多少钱", "多久"),
        ("which account has the menu or who gets wechat pay", "menu", "pay"),
        ("how many and how often", "many", "often"),
    ],
)
def test_two_questions_in_one_sentence(text: str, first: str, second: str) -> None:
    asking = [clause for clause in clauses(text) if is_asking(clause)]
    assert [first in asking[0], second in asking[-1], len(asking)] == [True, True, 2]


@pytest.mark.parametrize(
    "text",
    [
        "our company, founded in 2010 by two brothers from Hangzhou, has for long wanted a service account",
        "我们是餐饮企业，认证要多少钱",
        "订阅号和服务号有什么区别",
        "what may a text, a picture and a voice message hold?",
        "what may a text, a picture and a voice message hold",
        "do we need a subscription account or a service account?",
        "can banks, insurers and brokers open a service account?",
        "which papers, photos and stamps does verification need?",
        "营业执照、公章、身份证都要带吗？",
        "文字、图片和语音消息能放多少字？",
        "what does it cost, or not?",
        "多少钱，多久",
    ],
)
def test_a_list_or_a_background_is_no_second_question(text: str) -> None:
    assert clauses(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "we have a shop, what does it cost, and how long does it take?",
            ["we have a shop, what does it cost", "and how long does it take?"],
        ),
        (
            "what does it cost, we are a shop, and how long does it take?",
            ["what does it cost", "we are a shop, and how long does it take?"],
        ),
        (
            "what does it cost and how long does it take, we are in a hurry",
            ["what does it cost", "how long does it take, we are in a hurry"],
        ),
        ("我们做餐饮，认证要多少钱，审核一般要多久", ["我们做餐饮，认证要多少钱", "审核一般要多久"]),
        ("认证要多少钱，审核一般要多久，我们在上海", ["认证要多少钱", "审核一般要多久，我们在上海"]),
        ("费率多少、保证金多少、多久到账", ["费率多少", "保证金多少", "多久到账"]),
    ],
)
def test_what_does_not_ask_stays_with_its_question(text: str, parts: list[str]) -> None:
    """With the question that follows it; at the end, with the one before it."""
    assert clauses(text) == parts


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("deposit, commission?", ["deposit", "commission"]),
        ("verification fee and duration", ["verification fee", "duration"]),
        ("费率 到账", ["费率", "到账"]),
        ("认证费用、材料和时间？", ["认证费用", "材料", "时间"]),
        ("menu + wechat pay", ["menu", "wechat pay"]),
    ],
)
def test_keywords_side_by_side_are_clauses_each(text: str, keywords: list[str]) -> None:
    assert is_list(text)
    assert clauses(text) == keywords


@pytest.mark.parametrize(
    "text",
    [
        "deposit",
        "deposit?",
        "how much is the deposit, and the commission?",
        "费率和到账时间是多少",
        "a service account, " * 10,
        "",
    ],
)
def test_a_single_keyword_a_question_and_a_long_story_are_no_lists(text: str) -> None:
    assert not is_list(text)


@pytest.mark.parametrize("mark", ["", "?", "？"])
@pytest.mark.parametrize(
    "text",
    [
        "what is the rate and when does the money arrive",
        "which papers, photos and stamps does verification need",
        "认证要多少钱，审核一般要多久",
    ],
)
def test_a_question_mark_makes_no_difference(text: str, mark: str) -> None:
    assert [clause.rstrip("?？") for clause in clauses(text + mark)] == clauses(text)


@pytest.mark.parametrize(
    "text",
    ["how much?", "什么是服务号", "能不能群发", "is it free", "tell me the fee", "Can we broadcast", "多久", "可以吗"],
)
def test_asking(text: str) -> None:
    assert is_asking(text)


@pytest.mark.parametrize("text", ["we run a small shop", "谢谢", "我们有一个服务号", "a company from Beijing", ""])
def test_not_asking(text: str) -> None:
    assert not is_asking(text)


@given(st.text(alphabet="abc甲乙 ,，.?？。and还有how\n", max_size=40))
def test_no_word_is_lost_or_made_up(text: str) -> None:
    found = clauses(text)
    assert all(clause == clause.strip() and clause for clause in found)
    position = 0
    for clause in found:
        position = text.index(clause, position) + len(clause)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the limit a push and the cost of the review", ["the limit a push", "the cost of the review"]),
        ("手续费的比例和底部菜单的条件，我们是订阅号", ["手续费的比例", "底部菜单的条件", "我们是订阅号"]),
        ("whether we would be let in, nor if it is good", ["whether we would be let in", "if it is good"]),
        ("what does verification cost", []),
        ("认证, 菜单", []),
        ("", []),
    ],
)
def test_pieces_that_nothing_marks(text: str, pieces: list[str]) -> None:
    assert guessed_clauses(text) == pieces


def test_a_long_enumeration_is_no_row_of_questions() -> None:
    many = ", ".join(f"some thing {number}" for number in range(MOST_GUESSED + 1))
    assert guessed_clauses(many) == []


def test_at_the_same_time_joins_no_questions() -> None:
    assert clauses("怎么让好几个同事同时接待来问的客人") == ["怎么让好几个同事同时接待来问的客人"]
