"""Words made of syllables of pinyin."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin

from bot.nlu.pinyin import is_pinyin
from bot.nlu.text import simplify


@pytest.mark.parametrize("word", ["fuwuhao", "rènzhèng", "nǚ", "nv", "xi'an", "xian", "tiananmen", "de", "a", "can"])
def test_pinyin(word: str) -> None:
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["", "'", "fwh", "account", "how", "kostet", "für", "renzhengx", "mất"])
def test_no_pinyin(word: str) -> None:
    assert not is_pinyin(word)


def test_common_characters() -> None:
    characters = "我想问一下服务号认证要多少钱公众平台微信支付订阅群发次数客服自定义菜单费率结算保证金绿女略儿二"
    assert all(map(is_pinyin, lazy_pinyin(simplify(characters), v_to_u=False)))


def test_a_long_word_takes_no_long_time() -> None:
    assert is_pinyin("xian" * 500)
    assert not is_pinyin("xian" * 500 + "x")
