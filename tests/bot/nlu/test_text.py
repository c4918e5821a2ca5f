"""Normal form, language and script of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import MOST_CHARACTERS, is_traditional, language_of, normalise, simplify


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  How  MUCH?\n", "how much?"),
        ("ＷｅＣｈａｔ　３００", "wechat 300"),
        ("服務號", "服务号"),
        ("What’s", "what's"),
        ("a\u200bb\ufeff", "a b"),
        ("\x00\x07", ""),
        ("T＋１", "t+1"),
        ("", ""),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text(max_size=60))
def test_a_normal_form_is_its_own(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=60))
def test_a_normal_form_has_single_spaces_and_nothing_unseen(text: str) -> None:
    normal = normalise(text)
    assert "  " not in normal
    assert normal == normal.strip()
    assert not any(ord(character) < 32 for character in normal)


def test_long_texts_are_cut() -> None:
    assert len(normalise("x" * (MOST_CHARACTERS * 5))) == MOST_CHARACTERS


@given(st.text(alphabet="服務號認證訂閱a 1。", max_size=30))
def test_simplifying_keeps_places(text: str) -> None:
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How much is verification?", "en"),
        ("认证要多少钱？", "zh"),
        ("認證要多少錢？", "zh"),
        ("我们的 service account 可以开通 WeChat Pay 吗，需要什么条件", "zh"),
        ("What does 服务号 mean?", "en"),
        ("OK吗", "en"),
        ("fwh 认证多少钱", "zh"),
        ("認証はいくらですか", "en"),
        ("서비스 계정", "en"),
        ("¿Cuánto cuesta?", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "123", "👍", "?!", "2", "…"])
def test_no_words_no_language(text: str) -> None:
    assert language_of(text, default="") == ""
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("認證要多少錢", True),
        ("服務號", True),
        ("请问服務號认证", True),
        ("认证要多少钱", False),
        ("中文", False),
        ("hello", False),
        ("", False),
    ],
)
def test_traditional(text: str, expected: bool) -> None:
    assert is_traditional(text) is expected


def test_a_stray_traditional_character_in_a_long_text_is_no_script() -> None:
    assert not is_traditional("我们公司注册了一个订阅号，想问一下认证需要多长时间，費用大概是多少，材料有哪些")
