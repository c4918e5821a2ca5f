"""One text for a phone out of all that the bot says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.output import MAX_BYTES, WeChatOutput, cut, to_phone_text

SENTENCE = "服务号认证费为每次300元，由腾讯收取。"


async def _said(*messages: dict[str, object]) -> str:
    output = WeChatOutput()
    for message in messages:
        await output.send_response("user", dict(message))
    return output.to_text()


async def test_all_that_is_said_becomes_one_text() -> None:
    assert await _said({"text": "One."}, {}, {"text": " Two. "}) == "One.\n\nTwo."


async def test_the_reply_object_itself_is_not_shown() -> None:
    assert await _said({"text": "300元。", "custom": {"language": "zh", "reply": "300元。"}}) == "300元。"


async def test_suggestions_are_in_the_language_of_the_reply() -> None:
    buttons = [{"title": "订阅号呢？", "payload": "订阅号呢？"}]
    english = await _said({"text": "300 yuan.", "buttons": buttons, "custom": {"language": "en"}})
    assert english == "300 yuan.\n\nReply with a number:\n1. 订阅号呢？"
    assert "回复数字" in await _said({"text": "300元。", "buttons": buttons})


async def test_only_the_last_messages_suggestions_are_numbered() -> None:
    text = await _said(
        {"text": "One.", "buttons": [{"title": "old", "payload": "old"}]},
        {"text": "Two.", "buttons": [{"title": "new", "payload": "new"}]},
    )
    assert text == "One.\n\nTwo.\n\nReply with a number:\n1. new"


async def test_a_bot_that_says_nothing_leaves_no_text() -> None:
    assert await _said() == ""


def test_a_text_that_just_fits_is_whole() -> None:
    assert to_phone_text("a" * 2048, [], "en") == "a" * 2048
    assert to_phone_text("a" * 2049, [], "en") != "a" * 2049


def test_a_long_text_ends_with_a_sentence_and_says_so_and_keeps_its_suggestions() -> None:
    text = to_phone_text(SENTENCE * 60, ["订阅号呢？"], "zh")
    assert len(text.encode()) <= MAX_BYTES
    body, _, ending = text.partition("\n")
    assert body == SENTENCE * (len(body) // len(SENTENCE))
    assert ending == "（内容较长，已截短。）\n\n回复数字即可：\n1. 订阅号呢？"


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


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_fits_and_is_the_beginning(text: str, size: int) -> None:
    text = text.encode(errors="ignore").decode()
    kept = cut(text, size)
    assert len(kept.encode()) <= size
    assert text.startswith(kept)


@given(st.text(max_size=3000), st.lists(st.text(max_size=800), max_size=5), st.sampled_from(["en", "zh"]))
def test_every_text_fits(text: str, suggestions: list[str], language: str) -> None:
    assert len(to_phone_text(text, suggestions, language).encode()) <= MAX_BYTES
