"""What a text is before it is understood: its normal form, its language, its script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
UNSEEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

_PUNCTUATION_AT_END = re.compile(r"[\s?!.,;:~…。、，；：·]+$")
_COURTESY = re.compile(
    r"^(?:(?:(?:请问|你好|您好|哈喽|嗨)(?:一下|下)?|(?:hi|hello|hey|please|excuse me)\b)[\s,.!~，。！、]*)+(?=\S)"
)

# A Chinese word has about this many characters: mixed sentences are weighed in words.
CHARACTERS_PER_WORD = 1.7

# Chinese typed in Latin letters: shorthand of the field, and the commonest words that are no English ones.
PINYIN = frozenset(
    (
        "fwh",
        "dyh",
        "gzh",
        "rz",
        "wx",
        "wxzf",
        "dkf",
        "fuwuhao",
        "dingyuehao",
        "gongzhonghao",
        "renzheng",
        "qunfa",
        "zhifu",
        "weixin",
        "caidan",
        "kefu",
        "xiaodian",
        "baozhengjin",
        "feilv",
        "jiesuan",
        "quanxian",
        "yao",
        "ma",
        "duoshao",
        "qian",
        "shenme",
        "zenme",
        "keyi",
        "bu",
        "de",
        "ne",
        "nengbuneng",
        "meiyou",
        "women",
        "wo",
        "ni",
        "mei",
        "ge",
        "yue",
        "tian",
        "ji",
        "jiu",
        "jiao",
        "shi",
        "neng",
        "ba",
        "kaitong",
        "shenqing",
        "xuyao",
        "cailiao",
        "nianshen",
        "xuan",
        "haishi",
        "hao",
    )
)

# Longer texts are cut before they are understood: the question of a person fits in here.
MOST_CHARACTERS = 2000


@lru_cache(maxsize=1)
def _simplified_characters() -> dict[int, str]:
    """Returns each traditional character with its simplified one.

    Character by character, so that places in a text stay the same, and some ten times faster than by phrases.
    """
    characters = [chr(code) for first, last in HAN_BLOCKS for code in range(first, last + 1)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {ord(before): after for before, after in pairs if before != after and len(after) == 1}


def simplify(text: str) -> str:
    """Returns a text with traditional characters made simplified, each in its place."""
    return text if text.isascii() else text.translate(_simplified_characters())


def normalise(text: str) -> str:
    """Returns a text as it is compared: full width and traditional forms folded, lower case, single spaces."""
    text = UNSEEN.sub(" ", text[:MOST_CHARACTERS])
    text = simplify(unicodedata.normalize("NFKC", text).lower().replace("’", "'"))
    return " ".join(text.split())


def bare(text: str) -> str:
    """Returns a normalised text without courtesy at its start and punctuation at its end: neither asks anything."""
    stripped = _PUNCTUATION_AT_END.sub("", _COURTESY.sub("", text))
    return stripped or text


def language_of(text: str, default: str = "en") -> str:
    """Returns `zh` for a text that is mostly Chinese, `en` for every other with words, `default` for one without."""
    if KANA_OR_HANGUL.search(text):
        return "en"
    han = len(HAN.findall(text))
    latin = len(LATIN_WORD.findall(text))
    if not han and not latin:
        return default
    if not han:
        return "zh" if _is_pinyin(LATIN_WORD.findall(text.lower())) else "en"
    return "zh" if han / CHARACTERS_PER_WORD > latin else "en"


def _is_pinyin(found: list[str]) -> bool:
    known = sum(word in PINYIN for word in found)
    return known >= 2 and known * 2 > len(found)


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters: more of them change in simplifying than a stray one."""
    changed = sum(1 for before, after in zip(text, simplify(text), strict=True) if before != after)
    return changed >= 1 and changed * 12 >= len(HAN.findall(text))
