"""Words and syllables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import normalise
from bot.nlu.tokens import syllables, words


def test_words_of_a_mixed_sentence() -> None:
    assert words("what's the fee? 0.6% 订阅号认证") == ("what's", "the", "fee", "?", "0.6", "%", *words("订阅号认证"))
    assert "".join(words("订阅号认证要多少钱")) == "订阅号认证要多少钱"


def test_homophones_sound_the_same() -> None:
    assert syllables("认证") == syllables("认症")
    assert syllables("fee 300") == ["fee"]
    assert syllables("") == []


@given(st.text(max_size=40))
def test_any_text_has_words(text: str) -> None:
    assert all(word.strip() for word in words(normalise(text)))
    assert all(syllable for syllable in syllables(normalise(text)))
