"""The cipher of compatible and safe mode, written after Tencent's page and apart from the channel's own.

AES-256 in CBC mode; what is encrypted are 16 random bytes, the length, the message and the AppID, padded to 32 bytes.
https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
"""

from __future__ import annotations

import base64
import binascii
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from bot.channels.wechat.rehearsal.errors import RehearsalError, UnreadableReplyError

KEY_CHARACTERS = 43
PREFIX_BYTES = 16
BLOCK_BITS = 32 * 8


class Cipher:
    """Encrypts and decrypts for one account. Raises RehearsalError where the EncodingAESKey is none."""

    def __init__(self, encoding_aes_key: str, app_id: str) -> None:
        try:
            key = base64.b64decode(encoding_aes_key + "=", validate=True)
            if len(encoding_aes_key) != KEY_CHARACTERS:
                raise ValueError("wrong length")
            self._cipher = BlockCipher(AES(key), CBC(key[:PREFIX_BYTES]))
        except (binascii.Error, ValueError) as error:
            raise RehearsalError(f"an EncodingAESKey has {KEY_CHARACTERS} letters and digits") from error
        self._app_id = app_id.encode()

    def encrypt(self, text: str) -> str:
        """Returns a text as it travels: encrypted, in base64."""
        message = text.encode()
        content = secrets.token_bytes(PREFIX_BYTES) + struct.pack("!I", len(message)) + message + self._app_id
        padder = PKCS7(BLOCK_BITS).padder()
        encryptor = self._cipher.encryptor()
        padded = padder.update(content) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Returns the text in a ciphertext. Raises UnreadableReplyError, also where it names another AppID."""
        decryptor = self._cipher.decryptor()
        unpadder = PKCS7(BLOCK_BITS).unpadder()
        try:
            padded = decryptor.update(base64.b64decode(encrypted, validate=True)) + decryptor.finalize()
            content = (unpadder.update(padded) + unpadder.finalize())[PREFIX_BYTES:]
            (length,) = struct.unpack("!I", content[:4])
            text, app_id = content[4 : 4 + length].decode(), content[4 + length :]
        except (binascii.Error, ValueError, struct.error) as error:
            raise UnreadableReplyError("the reply can't be decrypted with this EncodingAESKey") from error
        if app_id != self._app_id:
            raise UnreadableReplyError("the reply is encrypted for another AppID")
        return text
