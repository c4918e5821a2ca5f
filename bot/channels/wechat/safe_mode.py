"""Messages that travel encrypted, and replies that do too."""

from __future__ import annotations

import base64
import secrets
import struct
from collections.abc import Mapping

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.channels.wechat.errors import ForgedDeliveryError, MalformedDeliveryError
from bot.channels.wechat.messages import read_fields, to_cdata
from bot.channels.wechat.signature import is_signed, to_signature


class _Cipher(PrpCrypto):
    """wechatpy's cipher, with a prefix nobody can guess: the protocol's IV is fixed, so the prefix stands in for it."""

    def get_random_string(self) -> str:
        return secrets.token_hex(8)


class SafeMode:
    """https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html"""

    def __init__(self, token: str, encoding_aes_key: str, app_id: str) -> None:
        self._token = token
        self._app_id = app_id
        self._cipher = _Cipher(base64.b64decode(encoding_aes_key + "="))

    def open(self, query: Mapping[str, str], body: bytes) -> dict[str, str]:
        """Returns the fields of a signed and encrypted message. Raises DeliveryError.

        What stands beside the ciphertext (compatible mode sends the message twice) is not covered by the
        signature and never looked at.
        """
        encrypted = read_fields(body).get("Encrypt")
        if not encrypted:
            raise ForgedDeliveryError("the message is not encrypted, and the account is in safe mode")
        if not is_signed(query["msg_signature"], self._token, query["timestamp"], query["nonce"], encrypted):
            raise ForgedDeliveryError("the msg_signature does not fit: is the token the same on both sides?")
        return read_fields(self._decrypt(encrypted))

    def seal(self, query: Mapping[str, str], xml: str, now: int) -> str:
        """Returns a reply as it is sent: encrypted, and signed with the nonce of the message it answers."""
        encrypted = self._cipher.encrypt(xml, self._app_id).decode()
        signature = to_signature(self._token, str(now), query["nonce"], encrypted)
        return (
            f"<xml><Encrypt>{to_cdata(encrypted)}</Encrypt>"
            f"<MsgSignature>{to_cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{now}</TimeStamp>"
            f"<Nonce>{to_cdata(query['nonce'])}</Nonce></xml>"
        )

    def _decrypt(self, encrypted: str) -> bytes:
        try:
            text: str = self._cipher.decrypt(encrypted, self._app_id)
        except InvalidAppIdException as error:
            raise ForgedDeliveryError("the message is for another app id") from error
        except (ValueError, IndexError, struct.error) as error:
            raise MalformedDeliveryError("the message can't be decrypted: is the EncodingAESKey right?") from error
        return text.encode()
