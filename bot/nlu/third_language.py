"""Whether a message is in a third language, neither Chinese nor English.

In doubt it is not: an English question that is taken for French gets no answer at all. So other scripts must outweigh
the Chinese and English around them; and in Latin letters a message needs some of the commonest words of a language,
more of them than of English ones, before a language identifier is asked whether it agrees.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Mapping, Sequence

import yaml
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.nlu.pinyin import is_pinyin
from bot.nlu.text import CHARACTERS_PER_WORD, HAN, normalise

WORDS_FILE = Path(__file__).with_name("common_words.yml")

WordLists = Mapping[str, frozenset[str]]

# The identifier knows 97 languages. The rare ones would only draw English away.
IDENTIFIED = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "id", "ms", "vi", "tl"),
    *("sv", "da", "no", "nb", "nn", "fi", "cs", "hu", "ro"),
)

# It counts bytes, and more than these tell it nothing new.
LONGEST_IDENTIFIED = 300

# How likely a third language must be against English, as logarithm of the odds, by how many of its commonest words
# stand in a message: many; one, in a short message or with an article beside it; one; articles alone.
MANY, ONE_OF_FEW, ONE, ARTICLES = -3.0, 5.0, 12.0, 20.0

# One word of English or Chinese outweighs so many words in another script: "What does ... mean?"
OUTWEIGHS = 4

# Letters or syllables that make about a word.
LETTERS, SYLLABLES = 5, 2

_CITED = re.compile(
    r'"[^"]*"|“[^”]*”|«[^»]*»|「[^」]*」|『[^』]*』|《[^》]*》|https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@\S+'
)
_LATIN_WORD = re.compile(r"[a-zà-öø-ɏḁ-ỿ]+(?:'[a-zà-öø-ɏḁ-ỿ]+)?")
_ELISION = re.compile(r"\b(?:[jns]|qu)'[a-zà-ÿ]{3,}")
_SPANISH_MARK = "¿"

# One letter alone is a symbol, or part of a face.
_OTHER_SCRIPT = re.compile(r"[\u0370-\u10ff\u1200-\u1cff\u1f00-\u1fff]{2,}")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]{2,}")
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff]{2,}|[はがをにで]")

# What a Japanese sentence with Chinese characters can hardly do without, and what only a Chinese one has.
_JAPANESE = re.compile(
    r"[はがをにで]|から|まで|です|ます|ください|ました|ません|たい|して|する|ない|ある|どう|なに|いくら|いつ|どこ|こと"
)
_CHINESE = re.compile(
    r"[吗么呢吧啊呀哦啦哪什怎这们你您啥咋嘛咩嘅唔冇喺咗啲嚟㗎佢很她它帮]|可以|是否|多少|如何|还是|或者|所以|请问|想要|认识|的话"
)


def is_third_language(text: str) -> bool:
    """Whether a text is neither Chinese nor English. What it cites does not count, unless that is all there is."""
    # In Turkish, a capital İ leaves its dot behind.
    whole = normalise(text).replace("i\u0307", "i")
    own = _CITED.sub(" ", whole)
    return _is_third(own if any(map(str.isalpha, own)) else whole)


def _is_third(text: str) -> bool:
    words = _LATIN_WORD.findall(text)
    others = _words_in_other_scripts(text)
    if others:
        return _is_in_another_script(text, others, words)
    if _chinese_words(text) * 3 > len(words) or _CHINESE.search(text):
        return False
    return len(words) > 1 and _is_third_in_latin(text, words)


def _chinese_words(text: str) -> float:
    return len(HAN.findall(text)) / CHARACTERS_PER_WORD


def _words_in_other_scripts(text: str) -> float:
    if text.isascii():
        return 0
    letters = sum(map(len, _OTHER_SCRIPT.findall(text)))
    syllables = sum(len(run) for script in (_HANGUL, _KANA) for run in script.findall(text))
    return letters / LETTERS + syllables / SYLLABLES


def _is_in_another_script(text: str, others: float, words: Sequence[str]) -> bool:
    """Whether what is written in other scripts is the message, and not a word cited in it."""
    english = sum(word in _word_lists("english")["en"] for word in words)
    if others < OUTWEIGHS * (english + len(_CHINESE.findall(text))):
        return False
    chinese = _chinese_words(text)
    if _KANA.search(text):
        return others > chinese + len(words) or (bool(_JAPANESE.search(text)) and others * 12 >= chinese)
    return others * 2 >= chinese and others * 3 >= len(words)


def _is_third_in_latin(text: str, words: Sequence[str]) -> bool:
    """Whether words in Latin letters are of a third language: by the commonest words of each, and the identifier."""
    english = sum(word in _word_lists("english")["en"] for word in words)
    common = _of_one_language(words, _word_lists("common"))
    marks = len(_ELISION.findall(text)) + text.count(_SPANISH_MARK)
    third = len(common) + marks
    if (english and english >= third) or (not marks and _may_be_pinyin(words, common)):
        return False
    articles = _of_one_language(words, _word_lists("articles"))
    if not third:
        return len(words) > 4 and len(articles) > 2 and len(set(articles)) > 1 and _odds(text) >= ARTICLES
    if third - english > 1 or third * 2 >= len(words):
        return _odds(text) >= MANY
    return _odds(text) >= (ONE_OF_FEW if articles or len(words) < 4 else ONE)


def _of_one_language(words: Sequence[str], lists: WordLists) -> list[str]:
    """Returns the words that stand in a list, of the list that has most of them."""
    return max(([word for word in words if word in known] for known in lists.values()), key=len)


def _may_be_pinyin(words: Sequence[str], common: Sequence[str]) -> bool:
    """Whether words are pinyin ("wo xiang kai hao") or initials ("qf j c"). Half is enough: English is mixed in."""
    pinyin = [word for word in words if is_pinyin(word)]
    telling = [word for word in words if len(word) > 3 or not word.isascii() or word in common or is_pinyin(word)]
    if len(telling) * 3 < len(words):
        return True
    return len(pinyin) * 2 >= len(telling) and all(map(is_pinyin, common))


def _odds(text: str) -> float:
    """Returns the logarithm of the odds of the likeliest third language against English."""
    identifier = _identifier()
    counts = identifier.instance2fv(text[:LONGEST_IDENTIFIED], datatype="float32")
    scores = dict(zip(identifier.nb_classes, identifier.nb_classprobs(counts), strict=True))
    english = scores.pop("en")
    return float(max(scores.values()) - english)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    identifier.set_languages(list(IDENTIFIED))
    return identifier


@lru_cache(maxsize=3)
def _word_lists(kind: str) -> WordLists:
    """Returns the lists of one kind in `common_words.yml`, by language."""
    content = yaml.load(WORDS_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {language: frozenset(words.split()) for language, words in content[kind].items()}
