"""The WeChat channel end to end: signed requests in, answers out, through a real server."""

from __future__ import annotations

import asyncio
import base64
import logging
import time
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.wechat.deliveries import Deliveries

from .conftest import Bot, Connect
from .weixin import ACCOUNT, USER, Answer, Weixin, event, message, read, to_xml

pytestmark = pytest.mark.asyncio

APP_ID = "wxba5fad812f8e6fb9"
SAFE = {"app_id": APP_ID, "encoding_aes_key": "A" * 43}


async def test_get_check_echoes_the_bare_echostr(connect: Connect) -> None:
    weixin = await connect()
    # https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
    published = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    assert await weixin.check(**published) == Answer(200, "4375120948345356249")


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
@pytest.mark.parametrize("value", ["", "1714112446", "é"])
async def test_get_check_refuses_an_address_with_one_part_changed(connect: Connect, name: str, value: str) -> None:
    weixin = await connect()
    answer = await weixin.check(echostr="hello", **{name: value})
    assert answer.status == 403
    assert "hello" not in answer.body


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_a_question_gets_its_answer(connect: Connect, bot: Bot, credentials: dict[str, str]) -> None:
    weixin = await connect(**credentials)
    before = int(time.time())
    reply = read(await weixin.deliver(message(Content="服务号认证多少钱？🙂")))
    assert (reply.type, reply.content) == ("text", "You said: 服务号认证多少钱？🙂")
    assert (reply.target, reply.source) == (USER, ACCOUNT)
    assert before <= reply.time <= time.time()
    assert bot.messages[0].text == "服务号认证多少钱？🙂"


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_an_answer_cannot_end_its_element(connect: Connect, bot: Bot, credentials: dict[str, str]) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        return {"text": "]]></Content><Content>forged<![CDATA["}

    bot.say = say
    weixin = await connect(**credentials)
    assert read(await weixin.deliver(message(Content="?"))).content == "]]></Content><Content>forged<![CDATA["


async def test_suggestions_are_numbered_lines_at_the_end(connect: Connect, bot: Bot) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        titles = ["订阅号能认证吗？", "认证要多久？"]
        buttons = [{"title": title, "payload": title} for title in titles]
        return {"text": "300元。\n来源：腾讯", "buttons": buttons, "custom": {"language": "zh", "text": "?"}}

    bot.say = say
    reply = read(await (await connect()).deliver(message(Content="认证费？")))
    assert reply.content == "300元。\n来源：腾讯\n\n回复数字即可：\n1. 订阅号能认证吗？\n2. 认证要多久？"


async def test_two_accounts_share_no_conversation(connect: Connect, bot: Bot) -> None:
    for credentials in ({"app_id": "wx1"}, {"app_id": "wx2"}, {}):
        await (await connect(**credentials)).deliver(message(Content="hi"))
    assert [sent.sender_id for sent in bot.messages] == [f"wx1:{USER}", f"wx2:{USER}", f"{ACCOUNT}:{USER}"]
    assert {sent.input_channel for sent in bot.messages} == {"wechat"}
    assert all(sent.metadata == {"channel": "wechat"} for sent in bot.messages)


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
async def test_a_plain_post_with_one_signed_part_changed_is_refused(connect: Connect, bot: Bot, name: str) -> None:
    weixin = await connect()
    answer = await weixin.post(weixin.address(**{name: "1714112446"}), message(Content="hi"))
    assert answer.status == 403
    assert not bot.messages


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
async def test_an_encrypted_post_with_one_signed_part_changed_is_refused(connect: Connect, bot: Bot, name: str) -> None:
    weixin = await connect(**SAFE)
    address, body = weixin.encrypt(message(Content="hi"))
    assert (await weixin.post({**address, name: "1714112446"}, body)).status == 403
    assert not bot.messages


async def test_the_signature_of_the_address_does_not_stand_in_for_that_of_the_message(connect: Connect) -> None:
    weixin = await connect(**SAFE)
    address, body = weixin.encrypt(message(Content="hi"))
    assert (await weixin.post({**address, "msg_signature": address["signature"]}, body)).status == 403


async def test_a_plain_post_to_an_account_in_safe_mode_is_refused(connect: Connect, bot: Bot) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(weixin.address(), message(Content="hi"))).status == 403
    assert not bot.messages


async def test_plain_fields_beside_the_ciphertext_are_not_believed(connect: Connect, bot: Bot) -> None:
    weixin = await connect(**SAFE)
    address, body = weixin.encrypt(message(Content="the real question"))
    forged = message(Content="a forged one").replace("</xml>", "") + body.removeprefix("<xml>")
    assert (await weixin.post(address, forged)).status == 200
    assert [sent.text for sent in bot.messages] == ["the real question"]


async def test_a_message_for_another_app_id_is_refused(connect: Connect, bot: Bot) -> None:
    weixin = await connect(**SAFE)
    weixin.app_id = "wx134c8103faa5a59e"
    assert (await weixin.post(*weixin.encrypt(message(Content="hi")))).status == 403
    assert not bot.messages


def _cut_by(weixin: Weixin, size: int) -> tuple[dict[str, str], str]:
    """Returns an encrypted message whose ciphertext lacks its last bytes, signed anew."""
    sealed = base64.b64decode(weixin.crypt.prp_crypto.encrypt(message(Content="hi"), APP_ID))
    cut = base64.b64encode(sealed[: len(sealed) - size]).decode()
    return _signed(weixin, cut)


def _signed(weixin: Weixin, encrypted: str) -> tuple[dict[str, str], str]:
    from werobot.utils import get_signature

    signature = get_signature(weixin.token, weixin.timestamp, weixin.nonce, encrypted)
    return weixin.address(msg_signature=signature), to_xml(ToUserName=ACCOUNT, Encrypt=encrypted)


@pytest.mark.parametrize("size", [1, 16, 32])
async def test_a_cut_ciphertext_is_refused(connect: Connect, bot: Bot, size: int) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(*_cut_by(weixin, size))).status in (400, 403)
    assert not bot.messages


@pytest.mark.parametrize("encrypted", ["A", "AAAA", "A" * 64, "未加密", "\x7f"])
async def test_what_is_no_ciphertext_is_refused(connect: Connect, bot: Bot, encrypted: str) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(*_signed(weixin, encrypted))).status in (400, 403)
    assert not bot.messages


BOMB = '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + message(Content="hi").replace("hi]]>", "]]>&b;")
MALFORMED = {
    "empty": b"",
    "cut": message(Content="hi")[:-3].encode(),
    "json": b'{"ToUserName": "gh_1"}',
    "no fields": b"<xml/>",
    "only text": b"<xml>hi</xml>",
    "not UTF-8": message(Content="x").encode().replace(b"[x]", b"[\xff]"),
    "UTF-16": message(Content="hi").encode("utf-16"),
    "no sender": message(Content="hi", FromUserName="").encode(),
    "no kind": message(Content="hi", MsgType="").encode(),
    "elements in a field": message(Content="hi").replace("<![CDATA[text]]>", "<b>text</b>").encode(),
    "entities": BOMB.encode(),
    "outside entity": b'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml>&a;</xml>',
    "deep": b"<a>" * 100_000,
    "deep and whole": b"<a>" * 100_000 + b"</a>" * 100_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
async def test_a_signed_body_that_is_no_message_is_refused(connect: Connect, bot: Bot, body: bytes) -> None:
    weixin = await connect()
    assert (await weixin.post(weixin.address(), body)).status == 400
    assert not bot.messages
    assert (await weixin.deliver(message(Content="still there?"))).status == 200


@pytest.mark.parametrize("name", ["entities", "no sender", "cut"])
async def test_an_encrypted_body_that_is_no_message_is_refused(connect: Connect, bot: Bot, name: str) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(*weixin.encrypt(MALFORMED[name].decode()))).status == 400
    assert not bot.messages


async def test_a_body_over_one_megabyte_is_refused(connect: Connect, bot: Bot) -> None:
    weixin = await connect()
    just_fits = message(Content="x" * (1024 * 1024 - len(message(Content=""))))
    assert (await weixin.post(weixin.address(), just_fits)).status == 200
    assert (await weixin.post(weixin.address(), just_fits + " ")).status == 413
    assert len(bot.messages) == 1


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
async def test_three_deliveries_of_a_message_get_one_answer(
    connect: Connect, bot: Bot, credentials: dict[str, str]
) -> None:
    weixin = await connect(**credentials)
    asked = message(Content="hi")
    contents = [read(await weixin.deliver(asked)).content for _ in range(3)]
    assert contents == ["You said: hi"] * 3
    assert len(bot.messages) == 1


async def test_deliveries_at_the_same_time_get_one_answer(connect: Connect, bot: Bot) -> None:
    async def say(sent: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.05)
        return {"text": f"answer {len(bot.messages)}"}

    bot.say = say
    weixin = await connect()
    asked = message(Content="hi")
    answers = await asyncio.gather(*[weixin.deliver(asked) for _ in range(3)])
    assert [read(answer).content for answer in answers] == ["answer 1"] * 3


async def test_two_messages_with_the_same_words_get_two_answers(connect: Connect, bot: Bot) -> None:
    weixin = await connect()
    await asyncio.gather(*[weixin.deliver(message(Content="hi")) for _ in range(2)])
    assert len(bot.messages) == 2


async def test_two_users_with_the_same_message_id_get_two_answers(connect: Connect, bot: Bot) -> None:
    weixin = await connect()
    for sender in ("user one", "user two"):
        await weixin.deliver(message(Content="hi", MsgId=1, FromUserName=sender))
    assert len(bot.messages) == 2


async def test_an_answer_that_takes_long_is_given_to_the_next_delivery(connect: Connect, bot: Bot) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.3)
        return {"text": "at last"}

    bot.say = say
    weixin = await connect(Deliveries(lapse=0.1, last_wait=5))
    asked = message(Content="hi")
    answers = [await weixin.deliver(asked) for _ in range(3)]
    assert [answer.body for answer in answers[:2]] == ["success", "success"]
    assert read(answers[2]).content == "at last"
    assert len(bot.messages) == 1


async def test_the_work_goes_on_when_wechat_hangs_up(connect: Connect, bot: Bot) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        await asyncio.sleep(0.2)
        return {"text": "at last"}

    bot.say = say
    weixin = await connect()
    asked = message(Content="hi")
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(weixin.deliver(asked), 0.05)
    assert read(await weixin.deliver(asked)).content == "at last"
    assert len(bot.messages) == 1


@pytest.mark.parametrize(("asked", "words"), [("how much?", "Sorry"), ("多少钱？", "抱歉")])
async def test_a_failure_is_logged_and_answered_kindly(
    connect: Connect, bot: Bot, caplog: pytest.LogCaptureFixture, asked: str, words: str
) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        raise RuntimeError("the action server is down")

    bot.say = say
    reply = read(await (await connect()).deliver(message(Content=asked)))
    assert words in reply.content
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info and "the action server is down" in str(record.exc_info[1])


async def test_silence_of_the_bot_is_answered_kindly(connect: Connect, bot: Bot) -> None:
    async def say(_: UserMessage) -> dict[str, Any]:
        return {}

    bot.say = say
    assert "Sorry" in read(await (await connect()).deliver(message(Content="hi"))).content


@pytest.mark.parametrize("kind", ["image", "voice", "video", "shortvideo", "location", "link"])
async def test_what_the_bot_cannot_read_gets_an_honest_line(connect: Connect, bot: Bot, kind: str) -> None:
    reply = read(await (await connect()).deliver(message(kind, MediaId="media", PicUrl="http://127.0.0.1/")))
    assert "请用文字提问" in reply.content
    assert "Please ask me in" in reply.content
    assert not bot.messages


async def test_a_recognised_voice_message_is_a_question(connect: Connect, bot: Bot) -> None:
    await (await connect()).deliver(message("voice", MediaId="media", Format="amr", Recognition="服务号多少钱"))
    assert [sent.text for sent in bot.messages] == ["服务号多少钱"]


async def test_a_new_follower_is_greeted(connect: Connect) -> None:
    reply = read(await (await connect()).deliver(event("subscribe", EventKey="")))
    assert "问号" in reply.content
    assert "Wenhao" in reply.content


@pytest.mark.parametrize("credentials", [{}, SAFE], ids=["plain", "safe"])
@pytest.mark.parametrize("name", ["unsubscribe", "CLICK", "VIEW", "LOCATION", "never_heard_of"])
async def test_other_events_are_taken_in_silence(
    connect: Connect, bot: Bot, name: str, credentials: dict[str, str]
) -> None:
    weixin = await connect(**credentials)
    assert await weixin.deliver(event(name, EventKey="key")) == Answer(200, "success")
    assert await weixin.deliver(message("never_heard_of")) == Answer(200, "success")
    assert not bot.messages


async def test_logs_hold_neither_questions_nor_secrets(
    connect: Connect, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    weixin = await connect(token="a secret token", app_id=APP_ID, encoding_aes_key="B" * 43)
    await weixin.deliver(message(Content="a private question"))
    await weixin.post(weixin.address(), message(Content="a private question"))
    assert bot.messages
    for kept in ("private", "secret", "BBBB"):
        assert kept not in caplog.text
