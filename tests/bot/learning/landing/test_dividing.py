"""What is learned from and what measures: near copies together, about one group in five, the same way every time."""

from __future__ import annotations

from collections import Counter
from typing import Optional

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.landing.dividing import GOLDEN, TRAIN, Text, divide

WORDS = [
    "menu",
    "fee",
    "refund",
    "card",
    "bank",
    "logo",
    "coupon",
    "store",
    "order",
    "review",
    "badge",
    "notice",
    "quota",
    "trade",
    "paper",
    "seal",
    "stamp",
    "ticket",
]


def text(number: int, key: str, intent: str = "ask_menu", wish: Optional[str] = None, **fields: bool) -> Text:
    measures, new = fields.get("measures", True), fields.get("new", False)
    return Text(number, key, "en", intent, wish, measures, new)


def many(number: int) -> list[Text]:
    """Texts of which no two are near copies."""
    pairs = [(first, second) for first in WORDS for second in WORDS if first != second]
    return [text(index, f"{first} {second} {index * 7919}") for index, (first, second) in enumerate(pairs[:number])]


def test_about_one_in_five_measures_and_always_the_same() -> None:
    texts = many(300)
    uses = divide(texts, [], [])
    assert 0.14 < Counter(uses.values())[GOLDEN] / len(texts) < 0.26
    assert divide(texts[::-1], [], []) == uses
    assert {each: divide([texts[each]], [], [])[each] for each in range(20)} == {each: uses[each] for each in range(20)}


def test_near_copies_are_never_parted() -> None:
    texts = [text(index, f"where can i find the {word} {mark}") for index, word in enumerate(WORDS) for mark in ("",)]
    copies = [text(100 + each.id, f"{each.key}of it") for each in texts]
    uses = divide([*texts, *copies], [], [])
    assert all(uses[each.id] == uses[100 + each.id] for each in texts)


def test_a_near_copy_goes_to_its_like() -> None:
    keys = [f"how long does a {word} take to arrive here" for word in WORDS]
    texts = [text(index, f"so {key}") for index, key in enumerate(keys)]
    assert set(divide(texts[:9], keys, []).values()) == {TRAIN}
    assert set(divide(texts[:9], [], keys).values()) == {GOLDEN}


def test_a_wish_is_granted_where_the_text_can_measure() -> None:
    texts = [
        text(1, "menu one", wish=GOLDEN),
        text(2, "fee two", wish=TRAIN),
        text(3, "seal", wish=GOLDEN, measures=False),
    ]
    assert divide(texts, [], []) == {1: GOLDEN, 2: TRAIN, 3: TRAIN}


@given(st.integers(0, 500), st.integers(1, 12))
def test_each_language_of_a_new_intent_measures_from_four_texts_on(start: int, number: int) -> None:
    texts = [text(each.id, each.key, "ask_new", new=True) for each in many(305)[start % 290 :][:number]]
    uses = Counter(divide(texts, [], []).values())
    assert (uses[GOLDEN] >= 1) == (number >= 4) and uses[TRAIN] >= min(1, number)
