"""Messages in a third language, and every message in ours that must not be taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import jieba
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from bot.nlu.pinyin import SYLLABLES
from bot.nlu.text import HAN, MOST_CHARACTERS
from bot.nlu.third_language import WORDS_FILE, is_third_language
from bot.settings import PROJECT

HERE = Path(__file__).parent
INTENT = "third_language"

# A message of at most so many words, and so many characters, is short.
FEW_WORDS, FEW_CHARACTERS = 4, 30

# Messages of business people, and ones in our languages that look like another.
THIRD = [json.loads(line) for line in (HERE / "third_language.jsonl").read_text(encoding="utf-8").splitlines()]
OURS = (HERE / "no_third_language.txt").read_text(encoding="utf-8").splitlines()


def is_short(text: str) -> bool:
    return len(text.split()) <= FEW_WORDS and len(text) <= FEW_CHARACTERS


def is_latin(text: str) -> bool:
    return not any(letter.isalpha() and ord(letter) > 0x1EFF for letter in text) and not any(
        0x370 <= ord(letter) < 0x1E00 for letter in text
    )


SHORT = [case["text"] for case in THIRD if is_short(case["text"])]
LONG = [case["text"] for case in THIRD if not is_short(case["text"])]
OTHER_SCRIPTS = [case["text"] for case in THIRD if not is_latin(case["text"])]


def questions() -> list[tuple[str, str]]:
    """Returns every training question with its intent."""
    found: list[tuple[str, str]] = []
    for file in sorted((PROJECT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            if "intent" in entry:
                found += [(entry["intent"], line[2:]) for line in entry["examples"].splitlines()]
    return found


QUESTIONS = questions()


def test_there_are_enough_messages() -> None:
    languages = [case["language"] for case in THIRD]
    assert sum(languages.count(language) >= 20 for language in set(languages)) >= 15
    assert min(len(SHORT), len(LONG)) >= 0.4 * len(THIRD)
    assert len(THIRD) == len({case["text"] for case in THIRD}) >= 200


@pytest.mark.parametrize(("texts", "least"), [(LONG, 0.98), (SHORT, 0.9), (OTHER_SCRIPTS, 0.98)])
def test_most_are_recognised(texts: list[str], least: float) -> None:
    missed = [text for text in texts if not is_third_language(text)]
    assert len(missed) <= (1 - least) * len(texts), missed


@pytest.mark.parametrize("text", OURS)
def test_ours_are_not_taken_for_another(text: str) -> None:
    assert not is_third_language(text)


def test_no_training_question_is_taken_for_another_language() -> None:
    assert [text for intent, text in QUESTIONS if intent != INTENT and is_third_language(text)] == []


def test_those_in_another_language_stand_under_their_intent() -> None:
    theirs = [text for intent, text in QUESTIONS if intent == INTENT]
    assert sum(map(is_third_language, theirs)) >= 0.9 * len(theirs) > 0


@pytest.mark.parametrize("name", ["questions", "dialogues"])
def test_no_development_question_is_taken_for_another_language(name: str) -> None:
    lines = (PROJECT / "tests" / "development" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    turns = [turn["text"] for case in map(json.loads, lines) for turn in case.get("turns", [case])]
    assert [text for text in turns if is_third_language(text)] == []


@pytest.mark.parametrize("style", [Style.NORMAL, Style.TONE, Style.TONE3, Style.FIRST_LETTER])
def test_chinese_typed_in_latin_letters(style: Style) -> None:
    chinese = [text for intent, text in QUESTIONS if intent != INTENT and HAN.search(text)][::50]
    by_word = [" ".join("".join(lazy_pinyin(word, style=style)) for word in jieba.cut(text)) for text in chinese]
    by_syllable = [" ".join(lazy_pinyin(text, style=style)) for text in chinese]
    assert [text for text in (*by_word, *by_syllable) if is_third_language(text)] == []


@pytest.mark.parametrize("text", ["", " ", "123", "?!", "👍", "…", "T+1", "¿"])
def test_without_words_there_is_no_language(text: str) -> None:
    assert not is_third_language(text)


def test_what_is_cited_counts_where_it_is_all() -> None:
    assert not is_third_language('What does "Wie viel kostet das Konto?" mean')
    assert is_third_language('"Wie viel kostet das Konto?"')


def test_capitals_and_marks_apart_from_their_letters_are_read() -> None:
    assert is_third_language("WIE VIEL KOSTET DAS KONTO?")
    assert is_third_language("combien cou\u0302te la ve\u0301rification ?")
    assert is_third_language("İndirim var mı?")


@given(st.text(max_size=80))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert is_third_language(text) in (True, False)


@pytest.mark.parametrize("part", ["xian", "a.b", '"', "¿", "combien coûte ", "认证", "w x y "])
def test_long_texts_can_be_asked_about(part: str) -> None:
    assert is_third_language(part * MOST_CHARACTERS) is (part == "combien coûte ")


def test_the_word_lists_keep_to_their_rules() -> None:
    lists = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
    english = set(lists["english"]["en"].split())
    for kind in ("common", "articles"):
        for language, words in lists[kind].items():
            found = words.split()
            assert isinstance(language, str), "no without quotes is a boolean"
            assert len(found) == len(set(found))
            assert not english.intersection(found)
            assert kind == "articles" or not SYLLABLES.intersection(found)
