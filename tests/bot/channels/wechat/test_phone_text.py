"""Texts that WeChat delivers whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.phone_text import MAX_BYTES, cut, size, to_choices, to_pages

SENTENCE = "服务号认证费为每次300元，由腾讯收取。"
MORE = "\n（未完）"


def test_a_text_that_just_fits_is_one_page() -> None:
    assert to_pages("a" * MAX_BYTES, "", MORE) == ["a" * MAX_BYTES]
    assert len(to_pages("a" * (MAX_BYTES + 1), "", MORE)) == 2
    assert to_pages("", "", MORE) == []


def test_a_long_text_is_cut_between_sentences_and_says_so_and_ends_with_its_ending() -> None:
    pages = to_pages(SENTENCE * 60, "\n\n1. 订阅号呢？", MORE)
    assert len(pages) == 2
    first, last = pages
    assert first.endswith(MORE)
    assert first.removesuffix(MORE) == SENTENCE * first.count(SENTENCE)
    assert last == SENTENCE * (60 - first.count(SENTENCE)) + "\n\n1. 订阅号呢？"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One. Two and three", "One."),
        ("It costs 3.14 yuan. And", "It costs 3.14 yuan."),
        ("no.end in 3.14 sight", "no.end in 3.14 sigh"),
        ("First line\nsecond", "First line"),
        ("“好。”然后还有", "“好。”"),
        ("Really?! Yes of course", "Really?!"),
    ],
)
def test_a_cut_comes_after_a_sentence(text: str, kept: str) -> None:
    assert cut(text, len(text.encode()) - 1) == kept


def test_suggestions_are_numbered_in_the_language_of_the_reply() -> None:
    assert to_choices(["订阅号呢？", "多久？"], "en") == "Reply with a number:\n1. 订阅号呢？\n2. 多久？"
    assert to_choices(["订阅号呢？"], "zh").startswith("回复数字")
    assert to_choices([], "zh") == ""


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_fits_and_is_the_beginning(text: str, limit: int) -> None:
    text = text.encode(errors="ignore").decode()
    kept = cut(text, limit)
    assert size(kept) <= limit
    assert text.startswith(kept)


@given(st.text(max_size=6000), st.text(max_size=1500), st.sampled_from(["", MORE]))
def test_every_page_fits_and_nothing_but_blanks_is_lost(text: str, ending: str, more: str) -> None:
    text = text.encode(errors="ignore").decode()
    ending = ending.encode(errors="ignore").decode()
    pages = to_pages(text, ending, more)
    assert all(size(page) <= MAX_BYTES for page in pages)
    if not pages:
        return
    kept = "".join([page.removesuffix(more) for page in pages[:-1]] + pages[-1:])
    assert "".join(kept.split()) == "".join((text + cut(ending, MAX_BYTES // 2)).split())
