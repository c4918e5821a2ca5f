"""What Tencent publishes, byte for byte, in the channel and in two other implementations of the protocol.

Where to look: https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html, and
WXBizMsgCryptTest of Tencent's sample code for Java, which WxJava's tests repeat.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from werobot.crypto import PrpCrypto as WerobotCrypto

from bot.channels.wechat.errors import ForgedDeliveryError, MalformedDeliveryError
from bot.channels.wechat.messages import read_fields
from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.foreign import NpmCrypto, our_mode
from tests.bot.channels.wechat.test_signature import ENCRYPT, PUBLISHED, REPLY
from tests.bot.channels.wechat.weixin import ACCOUNT, USER, Answer, event, message, to_xml
from tests.node_programs import NodeProgram


@dataclass(frozen=True)
class Vector:
    """A text and its ciphertext; `random` is what stands in front, so that the ciphertext can be made again."""

    key: str
    app_id: str
    random: str
    text: str
    encrypted: str


VECTORS = {
    "event": Vector(
        "A" * 43,
        "wxba5fad812f8e6fb9",
        "a8eedb185eb2fecf",
        '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
        '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
        ENCRYPT,
    ),
    "reply": Vector("A" * 43, "wxba5fad812f8e6fb9", "707722b803182950", '{"demo_resp":"good luck"}', REPLY),
    "Chinese": Vector(
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "wxb11529c136998cb6",
        "aaaabbbbccccdddd",
        "我是中文abcd123",
        "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==",
    ),
}
every_vector = pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)


@every_vector
def test_the_channel_makes_the_ciphertext(vector: Vector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.wechat.safe_mode.secrets.token_hex", lambda _: vector.random)
    sealed = our_mode(vector.key, vector.app_id).seal("415670741", vector.text, 1713424427)
    assert read_fields(sealed.encode())["Encrypt"] == vector.encrypted


@every_vector
def test_werobot_makes_the_ciphertext(vector: Vector) -> None:
    crypto = WerobotCrypto(base64.b64decode(vector.key + "="))
    crypto.get_random_string = lambda: vector.random
    assert crypto.encrypt(vector.text, vector.app_id).decode() == vector.encrypted


@every_vector
def test_npm_opens_the_ciphertext(vector: Vector, node_program: Callable[[str], NodeProgram]) -> None:
    npm = NpmCrypto(node_program("wechat_crypto"), key=vector.key, app_id=vector.app_id)
    assert npm.open(vector.encrypted) == {"message": vector.text, "id": vector.app_id}


@pytest.mark.parametrize("name", ["encrypted POST", "encrypted reply"])
def test_npm_makes_the_signature(name: str, node_program: Callable[[str], NodeProgram]) -> None:
    signature, (_, timestamp, nonce, encrypted) = PUBLISHED[name]
    assert NpmCrypto(node_program("wechat_crypto")).sign(encrypted, timestamp, nonce) == signature


def test_the_published_reply_is_signed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    vector = VECTORS["reply"]
    monkeypatch.setattr("bot.channels.wechat.safe_mode.secrets.token_hex", lambda _: vector.random)
    sealed = our_mode(vector.key, vector.app_id).seal("415670741", vector.text, 1713424427)
    assert read_fields(sealed.encode()) == {
        "Encrypt": REPLY,
        "MsgSignature": "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
        "TimeStamp": "1713424427",
        "Nonce": "415670741",
    }


def test_the_published_event_opens_and_is_no_xml() -> None:
    """The page's event is a mini program's, in JSON: it is decrypted, and then is no XML."""
    signature, (_, timestamp, nonce, _) = PUBLISHED["encrypted POST"]
    query = {"timestamp": timestamp, "nonce": nonce, "msg_signature": signature}
    body = to_xml(ToUserName=ACCOUNT, Encrypt=ENCRYPT).encode()
    with pytest.raises(MalformedDeliveryError, match="not XML"):
        our_mode().open(query, body)
    with pytest.raises(ForgedDeliveryError):
        our_mode().open({**query, "nonce": "415670742"}, body)


async def test_the_published_address_of_a_plain_post_is_taken(connect: Connect, agent: StandInAgent) -> None:
    signature, (_, timestamp, nonce) = PUBLISHED["POST"]
    weixin = await connect()
    address = {"signature": signature, "timestamp": timestamp, "nonce": nonce, "openid": USER}
    assert await weixin.post(address, event("debug_demo", debug_str="hello world")) == Answer(200, "success")
    assert (await weixin.post(address, message(Content="费用?"))).status == 200
    assert agent.questions == ["费用?"]
    assert (await weixin.post({**address, "nonce": "486452657"}, message(Content="?"))).status == 403
