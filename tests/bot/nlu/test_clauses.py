"""Messages split into the clauses that may each hold a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.clauses import clauses, is_asking, sentences


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
        pytest.param("公众号认证要多少钱？另外，审核一般要多久时间", "多少钱", "多久"),
    ],
)
def test_two_questions_in_one_sentence(text: str, first: str, second: str) -> None:
    asking = [clause for clause in clauses(text) if is_asking(clause)]
    assert [first in asking[0], second in asking[-1], len(asking)] == [True, True, 2]


@pytest.mark.parametrize(
    "text",
    [
        "our company, founded in 2010, wants a service account",
        "我们是餐饮企业，认证要多少钱",
        "订阅号和服务号有什么区别",
        "what may a text, a picture and a voice message hold?",
    ],
)
def test_a_list_or_a_background_is_no_second_question(text: str) -> None:
    assert clauses(text) == [text]


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
