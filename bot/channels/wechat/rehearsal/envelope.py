"""How a push travels to an account's address, and a reply back: signed, and in two of three modes encrypted.

https://developers.weixin.qq.com/doc/service/guide/dev/push/
https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Literal, Mapping, Optional
from xml.etree import ElementTree

from bot.channels.wechat.rehearsal.cipher import Cipher
from bot.channels.wechat.rehearsal.errors import RehearsalError, UnreadableReplyError
from bot.channels.wechat.rehearsal.pushes import Push, to_xml

Mode = Literal["plain", "compatible", "safe"]


@dataclass(frozen=True)
class Sealed:
    """A push as it is posted."""

    query: Mapping[str, str]
    body: bytes = field(repr=False)


def sign(*parts: str) -> str:
    """Returns WeChat's signature: the SHA-1 of the parts in the order of their characters."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in sorted(parts):
        digest.update(part.encode())
    return digest.hexdigest()


class Envelope:
    """One account's settings on WeChat's side. Raises RehearsalError where the mode needs what is not there."""

    def __init__(self, token: str, mode: Mode = "plain", app_id: str = "", encoding_aes_key: str = "") -> None:
        self.mode = mode
        self._token = token
        self._cipher: Optional[Cipher] = None
        if mode != "plain":
            if not (app_id and encoding_aes_key):
                raise RehearsalError(f"{mode} mode needs WECHAT_APP_ID and WECHAT_ENCODING_AES_KEY, as Wenhao has them")
            self._cipher = Cipher(encoding_aes_key, app_id)

    def seal(self, push: Push) -> Sealed:
        """Returns one delivery of a push, with a nonce of its own."""
        timestamp, nonce = str(int(time.time())), str(secrets.randbelow(10**9))
        query = {
            "signature": sign(self._token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": push.follower.openid,
        }
        if self._cipher is None:
            return Sealed(query, push.xml.encode())
        encrypted = self._cipher.encrypt(push.xml)
        query["encrypt_type"] = "aes"
        query["msg_signature"] = sign(self._token, timestamp, nonce, encrypted)
        if self.mode == "safe":
            return Sealed(query, to_xml({"ToUserName": push.follower.account, "Encrypt": encrypted}).encode())
        both = push.xml.replace("</xml>", f"<Encrypt><![CDATA[{encrypted}]]></Encrypt>\n</xml>")
        return Sealed(query, both.encode())

    def open(self, body: str) -> dict[str, str]:
        """Returns the fields of a reply. Raises UnreadableReplyError where WeChat could not read it."""
        fields = read_fields(body)
        if "Encrypt" not in fields:
            if self.mode == "safe":
                raise UnreadableReplyError("the reply is not encrypted, and the account is in safe mode")
            return fields
        if self._cipher is None:
            raise UnreadableReplyError("the reply is encrypted, and the account is in plain mode")
        parts = [fields.get(name, "") for name in ("TimeStamp", "Nonce", "Encrypt")]
        if fields.get("MsgSignature") != sign(self._token, *parts):
            raise UnreadableReplyError("the reply's MsgSignature does not fit")
        return read_fields(self._cipher.decrypt(fields["Encrypt"]))


def read_fields(xml: str) -> dict[str, str]:
    """Returns the text of each element of a reply. Raises UnreadableReplyError."""
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - from the Wenhao that the operator runs
    except ElementTree.ParseError as error:
        raise UnreadableReplyError("the reply is no XML") from error
    if root.tag != "xml":
        raise UnreadableReplyError(f"the reply is no WeChat message: its root is <{root.tag}>")
    return {child.tag: child.text or "" for child in root}
