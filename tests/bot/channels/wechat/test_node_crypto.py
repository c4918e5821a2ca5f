"""Safe mode against npm wechat-crypto: what one side seals and signs, the other opens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from werobot.parser import parse_xml

from bot.channels.wechat.errors import DeliveryError, ForgedDeliveryError
from bot.channels.wechat.safe_mode import SafeMode
from tests.bot.channels.wechat.foreign import NONCE, TEXTS, NpmCrypto, our_mode, text_message
from tests.bot.channels.wechat.weixin import APP_ID
from tests.node_programs import NodeProgram


@pytest.fixture
def npm(node_program: Callable[[str], NodeProgram]) -> NpmCrypto:
    return NpmCrypto(node_program("wechat_crypto"))


@pytest.fixture
def mode() -> SafeMode:
    return our_mode()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_npm_seals_opens_here(npm: NpmCrypto, mode: SafeMode, text: str) -> None:
    assert mode.open(*npm.deliver(npm.seal(text_message(text)))).fields["Content"] == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_sealed_here_opens_in_npm(npm: NpmCrypto, mode: SafeMode, text: str) -> None:
    xml = text_message(text)
    sealed = parse_xml(mode.seal(NONCE, xml, 1714112445))
    assert npm.sign(sealed["Encrypt"], sealed["TimeStamp"], sealed["Nonce"]) == sealed["MsgSignature"]
    assert npm.open(sealed["Encrypt"]) == {"message": xml, "id": APP_ID}


@pytest.mark.parametrize("length", range(32))
def test_both_pad_alike(npm: NpmCrypto, mode: SafeMode, length: int) -> None:
    text = "x" * length + "。"
    assert mode.open(*npm.deliver(npm.seal(text_message(text)))).fields["Content"] == text
    sealed = parse_xml(mode.seal(NONCE, text, 1))
    assert npm.open(sealed["Encrypt"])["message"] == text


def test_a_signature_with_another_token_is_refused(npm: NpmCrypto, mode: SafeMode) -> None:
    npm.token = "BBBBB"
    with pytest.raises(ForgedDeliveryError, match="msg_signature"):
        mode.open(*npm.deliver(npm.seal(text_message("?"))))


def test_a_message_for_another_app_is_refused(npm: NpmCrypto, mode: SafeMode) -> None:
    npm.app_id = "wx0000000000000000"
    with pytest.raises(ForgedDeliveryError, match="another app id"):
        mode.open(*npm.deliver(npm.seal(text_message("?"))))


def test_a_message_under_another_key_is_refused(npm: NpmCrypto, mode: SafeMode) -> None:
    npm.key = "B" * 43
    with pytest.raises(DeliveryError):
        mode.open(*npm.deliver(npm.seal(text_message("?"))))


def test_a_message_under_the_key_before_is_answered_under_it(npm: NpmCrypto) -> None:
    opened = our_mode(key="B" * 43, previous_key=npm.key).open(*npm.deliver(npm.seal(text_message("费用?"))))
    assert opened.fields["Content"] == "费用?"
    sealed = parse_xml(opened.seal("<xml>300元</xml>", 1714112445))
    assert npm.open(sealed["Encrypt"]) == {"message": "<xml>300元</xml>", "id": APP_ID}
