"""What does not prove to come from WeChat, or is no message, never reaches the bot."""

from __future__ import annotations

import base64
import io
from collections.abc import AsyncIterator

import pytest

from tests.bot.channels.wechat.conftest import Connect, StandInAgent
from tests.bot.channels.wechat.weixin import APP_ID, SAFE, Weixin, message


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
@pytest.mark.parametrize("value", ["", "1714112446", "é"])
async def test_get_check_refuses_an_address_with_one_part_changed(connect: Connect, name: str, value: str) -> None:
    weixin = await connect()
    answer = await weixin.check(echostr="hello", **{name: value})
    assert answer.status == 403
    assert "hello" not in answer.body


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
async def test_a_plain_post_with_one_signed_part_changed_is_refused(
    connect: Connect, agent: StandInAgent, name: str
) -> None:
    weixin = await connect()
    answer = await weixin.post(weixin.address(**{name: "1714112446"}), message(Content="hi"))
    assert answer.status == 403
    assert not agent.messages


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
async def test_an_encrypted_post_with_one_signed_part_changed_is_refused(
    connect: Connect, agent: StandInAgent, name: str
) -> None:
    weixin = await connect(**SAFE)
    address, body = weixin.encrypt(message(Content="hi"))
    assert (await weixin.post({**address, name: "1714112446"}, body)).status == 403
    assert not agent.messages


async def test_the_signature_of_the_address_does_not_stand_in_for_that_of_the_message(connect: Connect) -> None:
    weixin = await connect(**SAFE)
    address, body = weixin.encrypt(message(Content="hi"))
    assert (await weixin.post({**address, "msg_signature": address["signature"]}, body)).status == 403


async def test_a_plain_post_to_an_account_in_safe_mode_is_refused(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(weixin.address(), message(Content="hi"))).status == 403
    assert not agent.messages


async def test_plain_fields_beside_the_ciphertext_are_not_believed(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect(**SAFE)
    address, body = weixin.encrypt(message(Content="the real question"))
    forged = message(Content="a forged one").replace("</xml>", "") + body.removeprefix("<xml>")
    assert (await weixin.post(address, forged)).status == 200
    assert [sent.text for sent in agent.messages] == ["the real question"]


async def test_a_message_for_another_app_id_is_refused(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect(**SAFE)
    weixin.app_id = "wx134c8103faa5a59e"
    assert (await weixin.post(*weixin.encrypt(message(Content="hi")))).status == 403
    assert not agent.messages


def _cut_by(weixin: Weixin, size: int) -> tuple[dict[str, str], str]:
    """Returns an encrypted message whose ciphertext lacks its last bytes, signed anew."""
    sealed = base64.b64decode(weixin.crypt.prp_crypto.encrypt(message(Content="hi"), APP_ID))
    cut = base64.b64encode(sealed[: len(sealed) - size]).decode()
    return weixin.sign(cut)


@pytest.mark.parametrize("size", [1, 16, 32])
async def test_a_cut_ciphertext_is_refused(connect: Connect, agent: StandInAgent, size: int) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(*_cut_by(weixin, size))).status in (400, 403)
    assert not agent.messages


@pytest.mark.parametrize("encrypted", ["A", "AAAA", "A" * 64, "未加密", "\x7f"])
async def test_what_is_no_ciphertext_is_refused(connect: Connect, agent: StandInAgent, encrypted: str) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(*weixin.sign(encrypted))).status in (400, 403)
    assert not agent.messages


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
async def test_a_signed_body_that_is_no_message_is_refused(connect: Connect, agent: StandInAgent, body: bytes) -> None:
    weixin = await connect()
    assert (await weixin.post(weixin.address(), body)).status == 400
    assert not agent.messages
    assert (await weixin.deliver(message(Content="still there?"))).status == 200


@pytest.mark.parametrize("name", ["entities", "no sender", "cut"])
async def test_an_encrypted_body_that_is_no_message_is_refused(
    connect: Connect, agent: StandInAgent, name: str
) -> None:
    weixin = await connect(**SAFE)
    assert (await weixin.post(*weixin.encrypt(MALFORMED[name].decode()))).status == 400
    assert not agent.messages


async def test_a_body_over_one_megabyte_is_refused(connect: Connect, agent: StandInAgent) -> None:
    weixin = await connect()
    just_fits = message(Content="x" * (1024 * 1024 - len(message(Content="")))).encode()
    assert (await weixin.post(weixin.address(), io.BytesIO(just_fits))).status == 200
    assert (await weixin.post(weixin.address(), io.BytesIO(just_fits + b" "))).status == 413
    assert len(agent.messages) == 1


async def test_a_body_of_untold_length_is_limited_too(connect: Connect, agent: StandInAgent) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b" " * 64 * 1024

    weixin = await connect()
    assert (await weixin.post(weixin.address(), parts())).status == 413
    assert not agent.messages
