"""What the bot says to one message is collected."""

from __future__ import annotations

from bot.channels.wechat.output import WeChatOutput


async def _said(*messages: dict[str, object]) -> WeChatOutput:
    output = WeChatOutput()
    for message in messages:
        await output.send_response("user", dict(message))
    return output


async def test_all_that_is_said_becomes_one_text() -> None:
    assert (await _said({"text": "One."}, {}, {"text": " Two. "})).text == "One.\n\nTwo."
    assert (await _said()).text == ""


async def test_the_reply_object_is_kept_and_not_shown() -> None:
    output = await _said({"text": "300元。", "custom": {"language": "en", "reply": "300元。"}})
    assert (output.text, output.language, output.said["reply"]) == ("300元。", "en", "300元。")


async def test_the_language_is_guessed_where_the_reply_does_not_say_it() -> None:
    assert (await _said({"text": "300元。"})).language == "zh"
    assert (await _said({"text": "300 yuan."})).language == "en"


async def test_only_the_last_messages_suggestions_count() -> None:
    output = await _said(
        {"text": "One.", "buttons": [{"title": "old", "payload": "old"}]},
        {"text": "Two.", "buttons": [{"title": "new", "payload": "new"}]},
    )
    assert output.suggestions == ["new"]
