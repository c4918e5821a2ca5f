"""Safe mode, byte for byte against the XML example that Tencent publishes for third-party platforms."""

from __future__ import annotations

import base64

import pytest
from wechatpy.crypto import PrpCrypto

from bot.channels.wechat.account import Account
from bot.channels.wechat.errors import ForgedDeliveryError, MalformedDeliveryError
from bot.channels.wechat.messages import read_fields
from bot.channels.wechat.safe_mode import SafeMode

# https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/message_push.html
KEY = "A" * 43
QUERY = {
    "timestamp": "1715943329",
    "nonce": "1590219412",
    "msg_signature": "6c12a4205838198b8fa631b3220723bb07f1015c",
}
BODY = (
    b"<xml>\n    <ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>\n    <Encrypt><![CDATA["
    b"D7yzvUNAL930rd28wf21s4hvXhz0L6Uit/p2Di6C5DHyYGpEgdBRnKjBec34JwoQXicwaZC7fOVihW80F4VtsdvE//1vr7oAbqjDv8KenVp+ajKYpJny"
    b"Q4zMRhIC+a31fCVOMC03FfzV/QuC94kBP55a+Za3sJgvAn+ZbsNqZI5DkyuzkhQN8OBqCzFhizGmy0xpM0MEA4agpvE+RuNO1rhHTtuJB5yltw1FiYze"
    b"cSXJ+y/D2r81VkRn2eYjh2ltsoyfbDR7Is6ookXIFxTfyeNyeHxMeT4KN5WpCDmSbTcUYrbBUlkGLJ9n/rU8YOywma6G7aTb7KZKOqCxgfoUlYEZPk4F"
    b"UL/TK7ShriFDMVCLyjQJ15Ob++agDWtcxhfUfe6HIoIpRW8mKNBQiY/Jd1svvuskA1wLef1RTtzKfMpagSCX/laZINmdnX4zrF6kIaR9P4xQrWXbsTFH"
    b"TYe0Mg==]]></Encrypt>\n</xml>"
)


@pytest.fixture
def mode() -> SafeMode:
    return SafeMode(Account("AAAAA", "wx134c8103faa5a59e", encoding_aes_key=KEY))


def test_the_published_message_opens(mode: SafeMode) -> None:
    assert mode.open(QUERY, BODY).fields == {
        "ToUserName": "gh_97417a04a28d",
        "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
        "CreateTime": "1715943329",
        "MsgType": "event",
        "Event": "debug_demo",
        "debug_str": "hello world",
    }


def test_the_published_message_is_for_its_app_id_alone() -> None:
    with pytest.raises(ForgedDeliveryError, match="another app id"):
        SafeMode(Account("AAAAA", "wxba5fad812f8e6fb9", encoding_aes_key=KEY)).open(QUERY, BODY)


def test_the_published_reply_comes_out(mode: SafeMode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.wechat.safe_mode.secrets.token_hex", lambda _: "999951349e8ee746")
    xml = "<xml><demo_resp>[CDATA[good luck]]</demo_resp></xml>"
    assert read_fields(mode.seal("415670741", xml, 1713424427).encode()) == {
        "Encrypt": "hE8R6mGXHkJJjU72KxzKUd1GEkKJaEZq7vRL8XgK3o+00k8JGq6+pZJUIlTSyhsX+bxIBQ72g3GyvDdIZcr6+3HAZbSvPT9t/"
        "o11MI7d6WELwqrGd7jMnV0zv3Zc9Nq7",
        "MsgSignature": "03e0812039325c2712ef5f0f980fd14c70d6e307",
        "TimeStamp": "1713424427",
        "Nonce": "415670741",
    }


def test_no_two_replies_are_the_same(mode: SafeMode) -> None:
    assert mode.seal("1", "<xml/>", 0) != mode.seal("1", "<xml/>", 0)


def test_the_key_of_before_still_opens_and_answers() -> None:
    changed = SafeMode(Account("AAAAA", "wx134c8103faa5a59e", encoding_aes_key="B" * 43, previous_encoding_aes_key=KEY))
    opened = changed.open(QUERY, BODY)
    assert opened.fields["debug_str"] == "hello world"
    reply = read_fields(opened.seal("<xml>fine</xml>", 1).encode())["Encrypt"]
    assert PrpCrypto(base64.b64decode(KEY + "=")).decrypt(reply, "wx134c8103faa5a59e") == "<xml>fine</xml>"


def test_a_key_that_never_was_opens_nothing() -> None:
    other = SafeMode(Account("AAAAA", "wx134c8103faa5a59e", encoding_aes_key="B" * 43))
    with pytest.raises(MalformedDeliveryError, match="EncodingAESKey"):
        other.open(QUERY, BODY)
