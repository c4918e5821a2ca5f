"""The rehearsal's cipher, held against two that others wrote: werobot's, and wechatpy's, which the channel uses."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto
from werobot.crypto import MessageCrypt

from bot.channels.wechat.rehearsal.cipher import Cipher
from bot.channels.wechat.rehearsal.errors import RehearsalError, UnreadableReplyError
from tests.bot.channels.wechat.weixin import APP_ID

KEY = "A" * 43
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=200)


@given(TEXTS)
def test_others_open_what_it_encrypts(text: str) -> None:
    encrypted = Cipher(KEY, APP_ID).encrypt(text)
    assert MessageCrypt("token", KEY, APP_ID).prp_crypto.decrypt(encrypted, APP_ID) == text.encode()
    assert PrpCrypto(base64.b64decode(KEY + "=")).decrypt(encrypted, APP_ID) == text


@given(TEXTS)
def test_it_opens_what_others_encrypt(text: str) -> None:
    cipher = Cipher(KEY, APP_ID)
    assert cipher.decrypt(MessageCrypt("token", KEY, APP_ID).prp_crypto.encrypt(text, APP_ID).decode()) == text
    assert cipher.decrypt(PrpCrypto(base64.b64decode(KEY + "=")).encrypt(text, APP_ID).decode()) == text


@given(TEXTS)
def test_it_pads_to_32_bytes(text: str) -> None:
    # Not to AES' own 16: https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
    assert len(base64.b64decode(Cipher(KEY, APP_ID).encrypt(text))) % 32 == 0


def test_the_same_text_is_never_encrypted_alike() -> None:
    cipher = Cipher(KEY, APP_ID)
    assert cipher.encrypt("hi") != cipher.encrypt("hi")


@given(st.binary(max_size=100))
def test_noise_is_unreadable(noise: bytes) -> None:
    with pytest.raises(UnreadableReplyError):
        Cipher(KEY, APP_ID).decrypt(base64.b64encode(noise).decode())


@pytest.mark.parametrize("encrypted", ["", "no base64!", "AAAA", "ü"])
def test_what_is_no_ciphertext_is_unreadable(encrypted: str) -> None:
    with pytest.raises(UnreadableReplyError):
        Cipher(KEY, APP_ID).decrypt(encrypted)


def test_another_app_id_is_told() -> None:
    with pytest.raises(UnreadableReplyError, match="another AppID"):
        Cipher(KEY, APP_ID).decrypt(Cipher(KEY, "wx-other").encrypt("hi"))


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "!" * 43, "ü" * 43])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(RehearsalError, match="43 letters and digits"):
        Cipher(key, APP_ID)
