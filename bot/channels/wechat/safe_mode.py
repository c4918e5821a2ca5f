"""Messages that travel encrypted, and replies that do too."""

from __future__ import annotations

import base64
import secrets
import struct
from collections.abc import Mapping
from typing import Optional

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.channels.wechat.account import Account
from bot.channels.wechat.errors import DeliveryError, ForgedDeliveryError, MalformedDeliveryError
from bot.channels.wechat.messages import read_fields
from bot.channels.wechat.opened import Opened
from bot.channels.wechat.replies import to_cdata
from bot.channels.wechat.signature import is_signed, to_signature


class _Cipher(PrpCrypto):
    """wechatpy's cipher, with a prefix nobody can guess: the protocol's IV is fixed, so the prefix stands in for it."""

    def get_random_string(self) -> str:
        return secrets.token_hex(8)


class SafeMode:
    """Opens with the account's key of today, or else with the one before, and answers with the key that opened.

    https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
    """

    def __init__(self, account: Account) -> None:
        self._token = account.token
        self._app_id = account.app_id
        keys = filter(None, (account.encoding_aes_key, account.previous_encoding_aes_key))
        self._ciphers = [_Cipher(base64.b64decode(key + "=")) for key in keys]

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """Returns a signed and encrypted message. Raises DeliveryError.

        What stands beside the ciphertext (compatible mode sends the message twice) is not covered by the
        signature and never looked at.
        """
        encrypted = read_fields(body).get("Encrypt")
        if not encrypted:
            raise ForgedDeliveryError("the message is not encrypted, and the account is in safe mode")
        if not is_signed(query["msg_signature"], self._token, query["timestamp"], query["nonce"], encrypted):
            raise ForgedDeliveryError("the msg_signature does not fit: is the token the same on both sides?")
        cipher, xml = self._decrypt(encrypted)
        return Opened(read_fields(xml), lambda reply, now: self.seal(query["nonce"], reply, now, cipher))

    def seal(self, nonce: str, xml: str, now: int, cipher: Optional[_Cipher] = None) -> str:
        """Returns a reply encrypted, and signed with the nonce of the message it answers."""
        encrypted = (cipher or self._ciphers[0]).encrypt(xml, self._app_id).decode()
        signature = to_signature(self._token, str(now), nonce, encrypted)
        return (
            f"<xml><Encrypt>{to_cdata(encrypted)}</Encrypt>"
            f"<MsgSignature>{to_cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{now}</TimeStamp>"
            f"<Nonce>{to_cdata(nonce)}</Nonce></xml>"
        )

    def _decrypt(self, encrypted: str) -> tuple[_Cipher, bytes]:
        """Returns the cipher that opens a text, and what is in it. Raises what the key of today says against it."""
        errors: list[DeliveryError] = []
        for cipher in self._ciphers:
            try:
                text: str = cipher.decrypt(encrypted, self._app_id)
                return cipher, text.encode()
            except InvalidAppIdException:
                errors.append(ForgedDeliveryError("the message is for another app id"))
            except (ValueError, IndexError, struct.error):
                errors.append(MalformedDeliveryError("the message can't be decrypted: is the EncodingAESKey right?"))
        # Under a wrong key what comes out is noise, and rarely noise that looks like another app id.
        raise next((error for error in errors if isinstance(error, ForgedDeliveryError)), errors[0])
