"""Signing and sealing: by Tencent's published vectors, and read by werobot, which shares no code with either side."""

from __future__ import annotations

import pytest
from werobot.parser import parse_user_msg, parse_xml

from bot.channels.wechat.rehearsal.envelope import Envelope, Mode, Sealed, sign
from bot.channels.wechat.rehearsal.errors import RehearsalError, UnreadableReplyError
from bot.channels.wechat.rehearsal.pushes import Follower, message, to_xml
from tests.bot.channels.wechat.weixin import APP_ID, Weixin

KEY = "A" * 43
REPLY = {"ToUserName": "me", "Content": "你好 ]]> & <b>"}


@pytest.mark.parametrize(
    ("parts", "signature"),
    [
        (("AAAAA", "1714036504", "1514711492"), "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        (("AAAAA", "1714037059", "486452656"), "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ],
)
def test_the_vectors_of_tencents_page(parts: tuple[str, ...], signature: str) -> None:
    # https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
    assert sign(*parts) == signature


def envelope(mode: Mode) -> Envelope:
    return Envelope("AAAAA", mode, APP_ID, KEY)


def weixin(sealed: Sealed) -> Weixin:
    """Returns werobot's side with the timestamp and nonce of a delivery."""
    query = sealed.query
    return Weixin(None, "", "AAAAA", APP_ID, KEY, query["timestamp"], query["nonce"])


def test_plain_mode_sends_the_message_as_it_is(follower: Follower) -> None:
    sealed = envelope("plain").seal(message(follower, text="]]> & <b> 你好"))
    assert parse_user_msg(sealed.body).content == "]]> & <b> 你好"
    assert sealed.query["signature"] == weixin(sealed).address()["signature"]
    assert sealed.query["openid"] == follower.openid
    assert "encrypt_type" not in sealed.query


@pytest.mark.parametrize("mode", ["compatible", "safe"])
def test_an_encrypted_message_is_opened_by_werobot(mode: Mode, follower: Follower) -> None:
    sealed = envelope(mode).seal(message(follower, text="你好"))
    assert sealed.query["encrypt_type"] == "aes"
    opened = weixin(sealed).crypt.decrypt_message(
        sealed.query["timestamp"],
        sealed.query["nonce"],
        sealed.query["msg_signature"],
        parse_xml(sealed.body)["Encrypt"],
    )
    assert parse_user_msg(opened).content == "你好"


def test_compatible_mode_sends_the_message_beside_its_ciphertext(follower: Follower) -> None:
    push = message(follower, text="你好")
    assert parse_user_msg(envelope("compatible").seal(push).body).content == "你好"
    assert "你好" not in envelope("safe").seal(push).body.decode()


def test_each_delivery_has_a_nonce_of_its_own(follower: Follower) -> None:
    push = message(follower, text="你好")
    assert len({envelope("safe").seal(push).query["nonce"] for _ in range(5)}) == 5


def sealed_reply(**changes: str) -> str:
    side = Weixin(None, "", "AAAAA", APP_ID, KEY)
    encrypted = side.crypt.prp_crypto.encrypt(to_xml(REPLY), APP_ID).decode()
    fields = {"Encrypt": encrypted, "MsgSignature": sign("AAAAA", "1", "2", encrypted), "TimeStamp": "1", "Nonce": "2"}
    return to_xml({**fields, **changes})


def test_replies_are_opened() -> None:
    assert envelope("plain").open(to_xml(REPLY)) == REPLY
    assert envelope("compatible").open(to_xml(REPLY)) == REPLY
    assert envelope("compatible").open(sealed_reply()) == REPLY
    assert envelope("safe").open(sealed_reply()) == REPLY


@pytest.mark.parametrize(
    ("mode", "body", "reason"),
    [
        ("safe", to_xml(REPLY), "not encrypted"),
        ("plain", sealed_reply(), "in plain mode"),
        ("safe", sealed_reply(MsgSignature="0" * 40), "MsgSignature does not fit"),
        ("safe", sealed_reply(Nonce="3"), "MsgSignature does not fit"),
        ("plain", '{"text": "hi"}', "no XML"),
        ("plain", "<html><p>Bad gateway</p></html>", "<html>"),
        ("plain", "<xml>", "no XML"),
    ],
    ids=["not-encrypted", "encrypted", "signature", "nonce", "json", "html", "cut-short"],
)
def test_what_wechat_could_not_read(mode: Mode, body: str, reason: str) -> None:
    with pytest.raises(UnreadableReplyError, match=reason):
        envelope(mode).open(body)


@pytest.mark.parametrize("mode", ["compatible", "safe"])
def test_a_mode_without_its_key_is_refused(mode: Mode) -> None:
    with pytest.raises(RehearsalError, match="WECHAT_ENCODING_AES_KEY"):
        Envelope("AAAAA", mode)
